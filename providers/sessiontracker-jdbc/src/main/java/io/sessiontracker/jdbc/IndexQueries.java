package io.sessiontracker.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.sessiontracker.spi.state.IndexEntry;
import io.sessiontracker.spi.state.IndexEntry.Group;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyStateStore.IndexRange;
import org.springframework.jdbc.core.simple.JdbcClient;

import static java.util.stream.Collectors.joining;

/** Reads and counts entries of the ordered indexes. */
final class IndexQueries {

    private static final String OF_TYPE = "namespace = ? AND session_type = ?";
    /**
     * Comes before each character that a group's encoded names have, so what follows a group is not less than the group with it. H2
     * would read all entries of a group for those that are greater than it.
     */
    private static final String BELOW_NAMES = "!";

    private static final String TYPE = "namespace, session_type";

    private final JdbcDatabase database;
    private final String namespace;

    IndexQueries(JdbcDatabase database, String namespace) {
        this.database = database;
        this.namespace = namespace;
    }

    /**
     * Compares whole rows, and the first column once more: not every database uses an index for rows. The order names all columns of the
     * index, as H2 else sorts what it has read.
     */
    List<IndexEntry> entries(JdbcClient client, IndexRange range) {
        IndexEntry after = range.after();
        IndexColumns columns = IndexColumns.of(after.index());
        List<Object> position = columns.position(after, range.newestFirst());
        List<Object> parameters = new ArrayList<>(List.of(namespace, after.type()));
        parameters.addAll(columns.groupValues(after.index(), after.group()));
        parameters.add(position.get(0));
        parameters.addAll(position);
        FilterSql.Condition filter = FilterSql.of(database, range).needed();
        parameters.addAll(filter.parameters());
        parameters.add(range.limit());
        return client.sql(sql(columns, range, filter.sql()))
                .params(parameters)
                .query((row, number) -> new IndexEntry(
                        after.index(),
                        after.type(),
                        after.group(),
                        row.getInt(1),
                        row.getLong(2),
                        new String(row.getBytes(3), StandardCharsets.UTF_8)))
                .list();
    }

    /** Returns whether the entries of a range are those of matching sessions only. */
    boolean appliesFilter(IndexRange range) {
        return FilterSql.of(database, range).isExact();
    }

    private String sql(IndexColumns columns, IndexRange range, String filter) {
        List<String> order = columns.order(range.newestFirst());
        List<String> conditions = new ArrayList<>(List.of(OF_TYPE));
        columns.group().forEach(column -> conditions.add(column + " = ?"));
        conditions.add(order.get(0) + (range.newestFirst() ? " <= ?" : " >= ?"));
        conditions.add("(%s) %s (%s)"
                .formatted(
                        String.join(", ", order),
                        range.newestFirst() ? "<" : ">",
                        String.join(", ", Sql.parameters(order.size()))));
        if (range.due()) {
            conditions.add(columns.moment() + " <= " + database.dialect().statementTime());
        }
        conditions.add(filter);
        String direction = range.newestFirst() ? " DESC" : "";
        String indexed = Stream.of(List.of(TYPE), columns.group(), order)
                .flatMap(List::stream)
                .collect(joining(direction + ", ", "", direction));
        return "SELECT %s, %s, session_key FROM %s t WHERE %s ORDER BY %s LIMIT ?"
                .formatted(
                        columns.isByBucket() ? "bucket" : "0",
                        columns.moment(),
                        database.table(columns.table()),
                        String.join(" AND ", conditions),
                        indexed);
    }

    /** Steps from one group to the next, each time by the index. */
    List<Group> groups(JdbcClient client, Index index, String type) {
        String column = IndexColumns.of(index).group().get(0);
        String next = "SELECT %1$s FROM %2$s WHERE %3$s AND %1$s >= ? ORDER BY %4$s, %1$s LIMIT 1"
                .formatted(column, database.table("SESSION"), OF_TYPE, TYPE);
        List<Group> groups = new ArrayList<>();
        Optional<String> group = next(client, next, type, "");
        while (group.isPresent()) {
            groups.add(new Group("", group.get()));
            group = next(client, next, type, group.get() + BELOW_NAMES);
        }
        return groups;
    }

    private Optional<String> next(JdbcClient client, String sql, String type, String from) {
        return client.sql(sql).params(namespace, type, from).query(String.class).optional();
    }

    /** Counts the entries of a type whose moment has not come. */
    long count(JdbcClient client, Index index, String type) {
        IndexColumns columns = IndexColumns.of(index);
        return client.sql("SELECT count(*) FROM %s WHERE %s AND %s > %s"
                        .formatted(
                                database.table(columns.table()),
                                OF_TYPE,
                                columns.moment(),
                                database.dialect().statementTime()))
                .params(namespace, type)
                .query(Long.class)
                .single();
    }
}
