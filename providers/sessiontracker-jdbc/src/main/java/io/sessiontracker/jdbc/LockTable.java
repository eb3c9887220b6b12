package io.sessiontracker.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.SessionAddress;

/**
 * The rows of held locks. A row has its owner and the moment at which the lease is over, by the database's clock; a lock without
 * a row, or with an outdated one, is free. Each statement is a transaction of its own, as two in one could wait for each other's locks;
 * where the database ends it because of another one, it is repeated.
 */
final class LockTable {

    private static final int ATTEMPTS = 20;
    private static final List<String> COLUMNS = SessionRows.columns("owner", "held_until");

    private final JdbcDatabase database;
    private final String namespace;
    private final JdbcCalls calls;
    private final String table;
    private final String now;

    /**
     * A row, by its columns.
     *
     * @param type empty for what is not a session's lock
     */
    record Key(String type, String key) {

        static Key of(SessionAddress address) {
            return new Key(address.type(), address.key());
        }
    }

    /** A held lock. */
    record Holder(String owner, long leftMillis) {}

    LockTable(JdbcDatabase database, String namespace, JdbcCalls calls) {
        this.database = database;
        this.namespace = namespace;
        this.calls = calls;
        this.table = database.table("LOCK");
        this.now = database.dialect().now();
    }

    /** Takes a lock that is free or has that owner, and answers whether it did. */
    boolean take(Key key, String owner, long leaseMillis) {
        String what = "Locking " + name(key);
        return update(
                        what,
                        database.dialect()
                                .insertIfAbsent(
                                        table, SessionRows.KEY, COLUMNS, List.of("?", "?", "?", "?", now + " + ?")),
                        with(key, owner, leaseMillis))
                || update(
                        what,
                        "UPDATE %s SET owner = ?, held_until = %s + ? WHERE %s AND (held_until <= %s OR owner = ?)"
                                .formatted(table, now, SessionRows.isKey(), now),
                        around(List.of(owner, leaseMillis), key, owner));
    }

    /** Sets the rest of a lease that is not over, and answers whether the lock is still that owner's. */
    boolean extend(Key key, String owner, long leaseMillis) {
        return update(
                "Extending the lock of " + name(key),
                "UPDATE %s SET held_until = %s + ? WHERE %s AND owner = ? AND held_until > %s"
                        .formatted(table, now, SessionRows.isKey(), now),
                around(List.of(leaseMillis), key, owner));
    }

    /** Releases a lock if it is that owner's, and answers whether it was. */
    boolean release(Key key, String owner) {
        return update(
                "Releasing the lock of " + name(key),
                "DELETE FROM %s WHERE %s AND owner = ?".formatted(table, SessionRows.isKey()),
                with(key, owner));
    }

    /** Returns who holds a lock; empty if it is free. */
    List<Holder> holder(Key key) {
        return calls.read(
                "Reading the lock of " + name(key),
                client -> client.sql("SELECT owner, held_until - %s FROM %s WHERE %s AND held_until > %s"
                                .formatted(now, table, SessionRows.isKey(), now))
                        .params(with(key))
                        .query((row, number) -> new Holder(row.getString(1), row.getLong(2)))
                        .list());
    }

    /** Removes the rows of this namespace whose lease is over: those of processes that died. */
    void purge() {
        update(
                "Removing outdated locks",
                "DELETE FROM %s WHERE namespace = ? AND held_until <= %s".formatted(table, now),
                List.of(namespace));
    }

    private static String name(Key key) {
        return key.type() + "/" + key.key();
    }

    private List<Object> with(Key key, Object... others) {
        return around(List.of(), key, others);
    }

    private List<Object> around(List<?> before, Key key, Object... after) {
        List<Object> parameters = new ArrayList<>(before);
        parameters.addAll(List.of(namespace, key.type(), SessionRows.bytes(key.key())));
        parameters.addAll(List.of(after));
        return parameters;
    }

    /** Answers whether a statement changed a row. */
    private boolean update(String what, String sql, List<Object> parameters) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Integer> rows = calls.changeAtOnce(
                    what,
                    client -> Optional.of(client.sql(sql).params(parameters).update()));
            if (rows.isPresent()) {
                return rows.get() > 0;
            }
        }
        throw new SessionStoreException(
                what + " failed: the database ended it " + ATTEMPTS + " times because of other transactions", null);
    }
}
