package io.sessiontracker.jdbc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.SessionAddress;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows of locks. A row has its owner, the moment at which the lease is over, by the database's clock, and the fencing token of the
 * last grant; a lock without a row, with an expired one, or with one that nobody owns, is free. So a released lock's row stays for the
 * token: an hour, until it is purged, or taken again. Each statement is a transaction of its own, as two in one could wait for each other's locks;
 * where the database ends it because of another one, it is repeated.
 */
final class LockTable {

    /** On which the names of released locks are sent. */
    static final String CHANNEL = "sessiontracker_lock";

    private static final int ATTEMPTS = 20;
    private static final String NOTIFY_AFTER = "WITH released AS (%s RETURNING awaited)"
            + " SELECT CASE WHEN awaited > 0 THEN CAST(pg_notify(?, ?) AS text) END FROM released";
    private static final long TOKEN_KEPT_MILLIS = Duration.ofHours(1).toMillis();

    private final String namespace;
    private final JdbcCalls calls;
    private final boolean notifies;
    private final LockGrants grants;
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
        grants = new LockGrants(dialect, table);
        extend = "UPDATE %s SET held_until = %s + ? WHERE %s AND owner = ? AND held_until > %s"
                .formatted(table, now, isKey, now);
        String free = "UPDATE %s SET owner = '%s', held_until = %s WHERE %s AND owner = ?"
                .formatted(table, LockGrants.NOBODY, now, isKey);
        release = notifies ? NOTIFY_AFTER.formatted(free) : free;
        await = "UPDATE %s SET awaited = 1 WHERE %s AND held_until > %s AND owner <> '%s'"
                .formatted(table, isKey, now, LockGrants.NOBODY);
        holder = "SELECT owner, held_until - %s, awaited FROM %s WHERE %s AND held_until > %s AND owner <> '%s'"
                .formatted(now, table, isKey, now, LockGrants.NOBODY);
        purge = "DELETE FROM %s WHERE namespace = ? AND held_until <= %s - %d"
                .formatted(table, dialect.statementTime(), TOKEN_KEPT_MILLIS);
    }

    /**
     * Takes a lock that is free or has that owner.
     *
     * @return the fencing token of the grant, if it did; a greater one where it had that owner already
     */
    OptionalLong take(Key key, String owner, long leaseMillis) {
        return change("Locking " + name(key), client -> grants.take(client, with(key), owner, leaseMillis));
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

    /**
     * Demands that the release of a lock notifies waiters, at the cost of a statement: other releases cost the database less.
     *
     * @return false if the lock is free, and nobody will be notified
     */
    boolean await(Key key) {
        return update("Awaiting the lock of " + name(key), await, with(key));
    }

    /** Returns the name of a lock's notification. Two locks may have the same. */
    String notification(Key key) {
        String text = String.join("\0", namespace, key.type(), key.key());
        return UUID.nameUUIDFromBytes(SessionRows.bytes(text)).toString();
    }

    /** Returns who holds a lock; empty if it is free. */
    Optional<Holder> holder(Key key) {
        return calls.read(
                "Reading the lock of " + name(key),
                client -> client.sql(holder)
                        .params(with(key))
                        .query((row, number) -> new Holder(row.getString(1), row.getLong(2), row.getInt(3) > 0))
                        .optional());
    }

    /** Removes the rows of this namespace whose lease has been over for an hour, and forgets their tokens. */
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
        return change(what, statement) > 0;
    }

    private <T> T change(String what, Function<JdbcClient, T> statement) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<T> answer = calls.changeAtOnce(what, client -> Optional.of(statement.apply(client)));
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw new SessionStoreException(
                what + " failed: the database ended it " + ATTEMPTS + " times because of other transactions", null);
    }
}
