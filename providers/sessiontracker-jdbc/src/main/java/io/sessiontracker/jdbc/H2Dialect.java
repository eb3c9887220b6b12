package io.sessiontracker.jdbc;

import java.util.List;
import java.util.stream.IntStream;

/** H2 2. */
final class H2Dialect implements SqlDialect {

    @Override
    public String platform() {
        return "h2";
    }

    /** H2 reads a value into memory. */
    @Override
    public int maxPayload() {
        return 64 << 20;
    }

    @Override
    public String now() {
        return "CAST(FLOOR(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(3)) * 1000) AS BIGINT)";
    }

    @Override
    public String nowMicros() {
        return "CAST(FLOOR(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(6)) * 1000000) AS BIGINT)";
    }

    @Override
    public String statementTime() {
        return now();
    }

    @Override
    public String returning(String change, String columns) {
        return "SELECT %s FROM FINAL TABLE (%s)".formatted(columns, change);
    }

    @Override
    public boolean readsClockWithRows() {
        return false;
    }

    @Override
    public boolean listsWholeKeys() {
        return true;
    }

    /** Of two that insert at once one may fail with a constraint error, which does not abort a transaction of H2. */
    @Override
    public String insertIfAbsent(String table, List<String> keys, List<String> columns, List<String> values) {
        List<String> conditions = keys.stream().map(key -> key + " = ?").toList();
        return "MERGE INTO %s USING DUAL ON %s WHEN NOT MATCHED THEN INSERT (%s) VALUES (%s)"
                .formatted(
                        table,
                        String.join(" AND ", numbered(conditions)),
                        String.join(", ", columns),
                        String.join(", ", numbered(values)));
    }

    /** The values of the key are needed twice. */
    private static List<String> numbered(List<String> expressions) {
        return IntStream.range(0, expressions.size())
                .mapToObj(i -> expressions.get(i).replace("?", "?" + (i + 1)))
                .toList();
    }

    @Override
    public String upsert(String table, List<String> keys, List<String> columns) {
        return "MERGE INTO %s (%s) KEY (%s) VALUES (%s)"
                .formatted(
                        table,
                        String.join(", ", columns),
                        String.join(", ", keys),
                        String.join(", ", Sql.parameters(columns.size())));
    }
}
