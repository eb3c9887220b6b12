package io.sessiontracker.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * MariaDB, and MySQL 8.
 *
 * @param platform which of the two
 */
record MariaDbDialect(String platform) implements SqlDialect {

    /** The row was changed after the transaction's snapshot; the time for waiting is over. Both have no SQL state of their own. */
    private static final Set<Integer> CONFLICTS = Set.of(1020, 1205);

    @Override
    public int maxPayload() {
        return 256 << 20;
    }

    /** By default 16 MB, in MySQL 64 MB. A longer statement ends the connection. */
    @Override
    public String statementLimit() {
        return "SELECT @@max_allowed_packet";
    }

    /**
     * The only time in UTC is that of the statement's begin; what passed since is known in local time. The bounds are for the moment
     * at which local time jumps.
     */
    @Override
    public String nowMicros() {
        return "(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6))"
                + " + LEAST(GREATEST(TIMESTAMPDIFF(MICROSECOND, NOW(6), SYSDATE(6)), 0), 600000000))";
    }

    @Override
    public String now() {
        return "(" + nowMicros() + " DIV 1000)";
    }

    @Override
    public String statementTime() {
        return "(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) DIV 1000)";
    }

    @Override
    public @Nullable String returning(String change, String columns) {
        return null;
    }

    @Override
    public boolean readsClockWithRows() {
        return true;
    }

    @Override
    public boolean repeatsReads() {
        return true;
    }

    @Override
    public String insertIfAbsent(String table, List<String> keys, List<String> columns, List<String> values) {
        return Sql.insert(table, columns, values).replaceFirst("INSERT", "INSERT IGNORE");
    }

    /** MySQL's INSERT answers no columns. */
    @Override
    public @Nullable String insertOrChange(
            String table, List<String> columns, List<String> values, List<String> assignments, String answer) {
        return platform.equals("mariadb")
                ? "%s ON DUPLICATE KEY UPDATE %s RETURNING %s"
                        .formatted(Sql.insert(table, columns, values), String.join(", ", assignments), answer)
                : null;
    }

    @Override
    public String upsert(String table, List<String> keys, List<String> columns) {
        return "%s ON DUPLICATE KEY UPDATE %s"
                .formatted(
                        Sql.insert(table, columns, Sql.parameters(columns.size())),
                        Sql.each(Sql.without(columns, keys), column -> column + " = VALUES(" + column + ")"));
    }

    @Override
    public boolean isConflict(SQLException error) {
        return CONFLICTS.contains(error.getErrorCode());
    }
}
