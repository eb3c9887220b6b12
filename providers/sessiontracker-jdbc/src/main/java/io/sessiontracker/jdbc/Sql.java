package io.sessiontracker.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Pieces of SQL text. */
final class Sql {

    private Sql() {}

    static String insert(String table, List<String> columns, List<String> values) {
        return "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(table, String.join(", ", columns), String.join(", ", values));
    }

    @SafeVarargs
    static List<Object> concat(List<?>... lists) {
        List<Object> all = new ArrayList<>();
        for (List<?> list : lists) {
            all.addAll(list);
        }
        return all;
    }

    static List<String> parameters(int count) {
        return Collections.nCopies(count, "?");
    }

    /** Returns what becomes of each, separated by commas. */
    static String each(Collection<String> columns, UnaryOperator<String> form) {
        return columns.stream().map(form).collect(Collectors.joining(", "));
    }

    static List<String> without(List<String> columns, List<String> excluded) {
        return columns.stream().filter(column -> !excluded.contains(column)).toList();
    }
}
