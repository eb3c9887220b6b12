package io.sessiontracker.jdbc;

import java.util.List;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statements that take a lock which is free, or has that owner already, and answer the fencing token of the grant: greater than the
 * one in the row, and at least the database's time. One statement on PostgreSQL and MariaDB. Where the row is another's, none of them
 * changes it.
 */
final class LockGrants {

    /** The owner of a lock that was released. Its row is kept for its token. */
    static final String NOBODY = "";

    private static final List<String> COLUMNS = SessionRows.columns("owner", "held_until", "fencing_token");
    private static final String GRANT = "owner, fencing_token";

    private final @Nullable String atOnce;
    private final boolean changesInWith;
    private final String change;
    private final String insert;
    private final @Nullable String changeAnswering;
    private final @Nullable String insertAnswering;
    private final String grant;

    LockGrants(SqlDialect dialect, String table) {
        String now = dialect.now();
        String micros = dialect.nowMicros();
        List<String> values = List.of("?", "?", "?", "?", now + " + ?", micros);
        change = "UPDATE %s SET %s WHERE %s AND (owner = '' OR held_until <= %s OR owner = ?)"
                .formatted(
                        table,
                        String.join(
                                ", ",
                                "awaited = CASE WHEN owner = '' THEN 0 ELSE awaited END",
                                "owner = ?",
                                "held_until = %s + ?".formatted(now),
                                "fencing_token = GREATEST(fencing_token + 1, %s)".formatted(micros)),
                        SessionRows.isKey(),
                        now);
        insert = dialect.insertIfAbsent(table, SessionRows.KEY, COLUMNS, values);
        changeAnswering = dialect.returning(change, GRANT);
        insertAnswering = dialect.returning(insert, GRANT);
        grant = "SELECT %s FROM %s WHERE %s".formatted(GRANT, table, SessionRows.isKey());
        changesInWith = dialect.hasChangesInWith();
        atOnce = changesInWith
                ? "WITH changed AS (%s), inserted AS (%s) SELECT * FROM changed UNION ALL SELECT * FROM inserted"
                        .formatted(changeAnswering, insertAnswering)
                : dialect.insertOrChange(table, COLUMNS, values, assignments(now), GRANT);
    }

    /** The owner comes before what it decides, and after what depends on the one before. */
    private static List<String> assignments(String now) {
        return List.of(
                "awaited = IF(owner = '', 0, awaited)",
                "owner = IF(owner = '' OR held_until <= %s, VALUES(owner), owner)".formatted(now),
                "held_until = IF(owner = VALUES(owner), VALUES(held_until), held_until)",
                "fencing_token = IF(owner = VALUES(owner), GREATEST(fencing_token + 1, VALUES(fencing_token)), fencing_token)");
    }

    /** Returns the token; empty if another holds the lock. */
    OptionalLong take(JdbcClient client, List<Object> key, String owner, long leaseMillis) {
        List<Object> inserted = Sql.concat(key, List.of(owner, leaseMillis));
        List<Object> changed = Sql.concat(List.of(owner, leaseMillis), key, List.of(owner));
        if (atOnce != null) {
            return token(client, atOnce, changesInWith ? Sql.concat(changed, inserted) : inserted, owner);
        }
        OptionalLong token = take(client, change, changeAnswering, changed, key, owner);
        return token.isPresent() ? token : take(client, insert, insertAnswering, inserted, key, owner);
    }

    private OptionalLong take(
            JdbcClient client,
            String statement,
            @Nullable String answering,
            List<Object> parameters,
            List<Object> key,
            String owner) {
        if (answering != null) {
            return token(client, answering, parameters, owner);
        }
        return client.sql(statement).params(parameters).update() > 0
                ? token(client, grant, key, owner)
                : OptionalLong.empty();
    }

    private static OptionalLong token(JdbcClient client, String query, List<Object> parameters, String owner) {
        return client
                .sql(query)
                .params(parameters)
                .query((row, number) -> row.getString(1).equals(owner) ? row.getLong(2) : 0)
                .list()
                .stream()
                .mapToLong(token -> token)
                .filter(token -> token > 0)
                .findFirst();
    }
}
