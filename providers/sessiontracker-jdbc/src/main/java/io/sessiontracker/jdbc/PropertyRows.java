package io.sessiontracker.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.sessiontracker.spi.state.IndexEntry;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyStateChanges;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes the entries of the indexes by property: each is a row, of which all columns are the key. */
final class PropertyRows {

    private final String insert;
    private final String delete;
    private final String namespace;
    private final IndexColumns index = IndexColumns.of(Index.RUNNING_PROPERTY);

    PropertyRows(JdbcDatabase database, String namespace) {
        this.namespace = namespace;
        List<String> columns = new ArrayList<>(List.of("namespace", "session_type"));
        columns.addAll(index.group());
        columns.addAll(index.order());
        columns.add("session_key");
        String table = database.table(index.table());
        this.insert = database.dialect().insertIfAbsent(table, columns, columns, Sql.parameters(columns.size()));
        this.delete = "DELETE FROM %s WHERE %s"
                .formatted(
                        table,
                        String.join(
                                " AND ",
                                columns.stream().map(each -> each + " = ?").toList()));
    }

    void replace(JdbcClient client, KeyStateChanges changes) {
        forEach(client, delete, changes.removedEntries());
        forEach(client, insert, changes.added());
    }

    private void forEach(JdbcClient client, String sql, Set<IndexEntry> entries) {
        entries.stream()
                .filter(entry -> IndexColumns.isProperty(entry.index()))
                // In one order for all, so that no two transactions wait for each other's index pages.
                .sorted()
                .forEach(entry -> client.sql(sql).params(parameters(entry)).update());
    }

    private List<Object> parameters(IndexEntry entry) {
        List<Object> parameters = new ArrayList<>(List.of(namespace, entry.type()));
        parameters.addAll(index.groupValues(entry.index(), entry.group()));
        parameters.addAll(index.position(entry));
        return parameters;
    }
}
