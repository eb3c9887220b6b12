package io.sessiontracker.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.sessiontracker.spi.state.IndexEntry;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyStateChanges;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes the entries of the indexes by property: each is a row, of which all columns are the key. */
final class PropertyRows {

    private static final IndexColumns INDEX = IndexColumns.of(Index.RUNNING_PROPERTY);
    private static final List<String> COLUMNS = columns();

    private final String table;
    private final String insert;
    private final String delete;
    private final String namespace;

    PropertyRows(JdbcDatabase database, String namespace) {
        this.namespace = namespace;
        table = database.table(INDEX.table());
        insert = database.dialect().insertIfAbsent(table, COLUMNS, COLUMNS, Sql.parameters(COLUMNS.size()));
        delete = "DELETE FROM %s WHERE %s"
                .formatted(
                        table,
                        String.join(
                                " AND ",
                                COLUMNS.stream().map(each -> each + " = ?").toList()));
    }

    private static List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("namespace", "session_type"));
        columns.addAll(INDEX.group());
        columns.addAll(INDEX.order());
        columns.add("session_key");
        return List.copyOf(columns);
    }

    /** Returns whether there is anything to replace. */
    static boolean areChanged(KeyStateChanges changes) {
        return Stream.concat(changes.added().stream(), changes.removedEntries().stream())
                .anyMatch(entry -> IndexColumns.isProperty(entry.index()));
    }

    void replace(JdbcClient client, KeyStateChanges changes) {
        forEach(client, delete, changes.removedEntries());
        forEach(client, insert, changes.added());
    }

    /**
     * Returns a statement that inserts rows with the start of a session that another one began.
     *
     * @param query the table expression that has the start
     * @param start its column; each entry's own start is added
     */
    String insertFrom(String query, String start, int entries) {
        String row = "SELECT %s FROM %s"
                .formatted(Sql.each(COLUMNS, column -> column.equals(INDEX.moment()) ? start + " + ?" : "?"), query);
        return "INSERT INTO %s (%s) %s"
                .formatted(
                        table,
                        String.join(", ", COLUMNS),
                        String.join(" UNION ALL ", Collections.nCopies(entries, row)));
    }

    /** Returns the entries by property, in one order for all, so that no two transactions wait for each other's index pages. */
    static List<IndexEntry> sorted(Collection<IndexEntry> entries) {
        return entries.stream()
                .filter(entry -> IndexColumns.isProperty(entry.index()))
                .sorted()
                .toList();
    }

    private void forEach(JdbcClient client, String sql, Collection<IndexEntry> entries) {
        sorted(entries)
                .forEach(entry -> client.sql(sql).params(parameters(entry)).update());
    }

    /** Returns the values of an entry's row. */
    List<Object> parameters(IndexEntry entry) {
        List<Object> parameters = new ArrayList<>(List.of(namespace, entry.type()));
        parameters.addAll(INDEX.groupValues(entry.index(), entry.group()));
        parameters.addAll(INDEX.position(entry, false));
        return parameters;
    }
}
