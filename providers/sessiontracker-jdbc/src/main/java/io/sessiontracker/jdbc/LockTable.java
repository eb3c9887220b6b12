package io.sessiontracker.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.SessionAddress;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows of held locks. A row has its owner and the moment at which the lease is over, by the database's clock; a lock without
 * a row, or with an expired one, is free. Each statement is a transaction of its own, as two in one could wait for each other's locks;
 * where the database ends it because of another one, it is repeated.
 */
final class LockTable {

    /** On which the names of released locks are sent. */
    static final String CHANNEL = "sessiontracker_lock";

    private static final int ATTEMPTS = 20;
    private static final String NOTIFY_AFTER = "WITH released AS (%s RETURNING awaited)"
            + " SELECT CASE WHEN awaited > 0 THEN CAST(pg_notify(?, ?) AS text) END FROM released";
    private static final List<String> COLUMNS = SessionRows.columns("owner", "held_until");

    private final String namespace;
    private final JdbcCalls calls;
    private final boolean notifies;
    private final String insert;
    private final String takeOver;
    private final String extend;
    private final String release;
    private final String await;
    private final String holder;
    private final String purge;

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

    /**
     * A held lock.
     *
     * @param isAwaited whether its release will notify waiters
     */
    record Holder(String owner, long leftMillis, boolean isAwaited) {}

    LockTable(JdbcDatabase database, String namespace, JdbcCalls calls) {
        this.namespace = namespace;
        this.calls = calls;
        SqlDialect dialect = database.dialect();
        String table = database.table("LOCK");
        String now = dialect.now();
        String isKey = SessionRows.isKey();
        notifies = dialect.notifies();
        insert = dialect.insertIfAbsent(table, SessionRows.KEY, COLUMNS, List.of("?", "?", "?", "?", now + " + ?"));
        takeOver = "UPDATE %s SET owner = ?, held_until = %s + ? WHERE %s AND (held_until <= %s OR owner = ?)"
                .formatted(table, now, isKey, now);
        extend = "UPDATE %s SET held_until = %s + ? WHERE %s AND owner = ? AND held_until > %s"
                .formatted(table, now, isKey, now);
        String delete = "DELETE FROM %s WHERE %s AND owner = ?".formatted(table, isKey);
        release = notifies ? NOTIFY_AFTER.formatted(delete) : delete;
        await = "UPDATE %s SET awaited = 1 WHERE %s AND awaited = 0".formatted(table, isKey);
        holder = "SELECT owner, held_until - %s, awaited FROM %s WHERE %s AND held_until > %s"
                .formatted(now, table, isKey, now);
        purge = "DELETE FROM %s WHERE namespace = ? AND held_until <= %s".formatted(table, dialect.statementTime());
    }

    /** Takes a lock that is free or has that owner, and answers whether it did. */
    boolean take(Key key, String owner, long leaseMillis) {
        String what = "Locking " + name(key);
        return update(what, insert, with(key, owner, leaseMillis))
                || update(what, takeOver, around(List.of(owner, leaseMillis), key, owner));
    }

    /** Sets the rest of a lease that is not over, and answers whether the lock is still that owner's. */
    boolean extend(Key key, String owner, long leaseMillis) {
        return update("Extending the lock of " + name(key), extend, around(List.of(leaseMillis), key, owner));
    }

    /** Releases a lock if it is that owner's, and answers whether it was. Waiters are notified where the database can. */
    boolean release(Key key, String owner) {
        String what = "Releasing the lock of " + name(key);
        return notifies
                ? update(
                        what,
                        client -> client.sql(release)
                                .params(with(key, owner, CHANNEL, notification(key)))
                                .query((row, number) -> number)
                                .list()
                                .size())
                : update(what, release, with(key, owner));
    }

    /** Demands that the release of a held lock notifies waiters, at the cost of a statement: other releases cost the database less. */
    void await(Key key) {
        update("Awaiting the lock of " + name(key), await, with(key));
    }

    /** Returns the name of a lock's notification. Two locks may have the same. */
    String notification(Key key) {
        String text = String.join("\0", namespace, key.type(), key.key());
        return UUID.nameUUIDFromBytes(SessionRows.bytes(text)).toString();
    }

    /** Returns who holds a lock; empty if it is free. */
    List<Holder> holder(Key key) {
        return calls.read(
                "Reading the lock of " + name(key),
                client -> client.sql(holder)
                        .params(with(key))
                        .query((row, number) -> new Holder(row.getString(1), row.getLong(2), row.getInt(3) > 0))
                        .list());
    }

    /** Removes the rows of this namespace whose lease is over: those of processes that died. */
    void purge() {
        update("Removing expired locks", purge, List.of(namespace));
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

    private boolean update(String what, String sql, List<Object> parameters) {
        return update(what, client -> client.sql(sql).params(parameters).update());
    }

    /** Answers whether a statement changed a row. */
    private boolean update(String what, Function<JdbcClient, Integer> statement) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Integer> rows = calls.changeAtOnce(what, client -> Optional.of(statement.apply(client)));
            if (rows.isPresent()) {
                return rows.get() > 0;
            }
        }
        throw new SessionStoreException(
                what + " failed: the database ended it " + ATTEMPTS + " times because of other transactions", null);
    }
}
