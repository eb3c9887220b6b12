package io.sessiontracker.jdbc;

import java.util.List;

/** PostgreSQL 13 and later. */
final class PostgreSqlDialect implements SqlDialect {

    @Override
    public String platform() {
        return "postgresql";
    }

    /** A quarter of what a value may have: a statement carries it in another form. */
    @Override
    public int maxPayload() {
        return 256 << 20;
    }

    /** The function now() stands still in a transaction. */
    @Override
    public String now() {
        return "CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint)";
    }

    @Override
    public String nowMicros() {
        return "CAST(floor(extract(epoch FROM clock_timestamp()) * 1000000) AS bigint)";
    }

    @Override
    public String statementTime() {
        return "CAST(floor(extract(epoch FROM statement_timestamp()) * 1000) AS bigint)";
    }

    @Override
    public String returning(String change, String columns) {
        return change + " RETURNING " + columns;
    }

    @Override
    public boolean hasChangesInWith() {
        return true;
    }

    @Override
    public boolean readsClockWithRows() {
        return true;
    }

    @Override
    public boolean notifies() {
        return true;
    }

    @Override
    public String insertIfAbsent(String table, List<String> keys, List<String> columns, List<String> values) {
        return Sql.insert(table, columns, values) + " ON CONFLICT DO NOTHING";
    }

    @Override
    public String upsert(String table, List<String> keys, List<String> columns) {
        return "%s ON CONFLICT (%s) DO UPDATE SET %s"
                .formatted(
                        Sql.insert(table, columns, Sql.parameters(columns.size())),
                        String.join(", ", keys),
                        Sql.each(Sql.without(columns, keys), column -> column + " = excluded." + column));
    }
}
