package io.sessiontracker.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A Markdown table. */
final class Table {

    private final StringBuilder text = new StringBuilder();

    Table(List<String> columns) {
        row(columns);
        row(columns.stream().map(column -> "---").toList());
    }

    Table(String... columns) {
        this(List.of(columns));
    }

    void row(List<String> cases) {
        text.append(cases.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    void row(String... cases) {
        row(List.of(cases));
    }

    /** Formats a number with as many digits as its precision justifies. */
    static String number(double value) {
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    @Override
    public String toString() {
        return text.append('\n').toString();
    }
}
