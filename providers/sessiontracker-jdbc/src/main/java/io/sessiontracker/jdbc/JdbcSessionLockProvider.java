package io.sessiontracker.jdbc;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.spi.SessionLockProvider.LockState;
import io.sessiontracker.spi.support.Namespaces;
import org.springframework.util.ClassUtils;

/**
 * Provides locks in a table of a relational database. A lock is a row with its owner and the end of its lease by the database's
 * clock; no transaction and no connection is held with it. It stays for an hour after the release, with its fencing token. A statement takes a connection from the pool for its own time, on a thread
 * of the provider, whatever transaction the caller has.
 *
 * <p>A waiter tries again at random times, on average each {@link LockRequest#retryInterval}, and on PostgreSQL as soon as the lock is
 * released. A renewed lock gets its whole lease again
 * each time a third of it has passed.
 */
public final class JdbcSessionLockProvider implements SessionLockProvider, AutoCloseable {

    private final JdbcLocks locks;
    private final Set<JdbcLockAcquisition> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Provides locks in a namespace; two namespaces never share a lock. Waiters are notified where the database can.
     *
     * @param database has the tables
     * @param namespace 1 to 64 ASCII letters, digits and {@code . _ - :}
     * @throws IllegalArgumentException if the namespace is not valid
     */
    public JdbcSessionLockProvider(JdbcDatabase database, String namespace) {
        this(database, namespace, true);
    }

    /**
     * As {@link #JdbcSessionLockProvider(JdbcDatabase, String)}.
     *
     * @param notified whether PostgreSQL notifies waiters, for which a process needs a connection of its pool as long as it has waiters
     */
    public JdbcSessionLockProvider(JdbcDatabase database, String namespace, boolean notified) {
        LockTable table = new LockTable(database, Namespaces.require(namespace), JdbcCalls.own(database));
        boolean listens = notified
                && database.dialect().notifies()
                && ClassUtils.isPresent("org.postgresql.PGConnection", JdbcSessionLockProvider.class.getClassLoader());
        this.locks =
                new JdbcLocks(table, listens ? new ReleaseListener(database.dataSource(), LockTable.CHANNEL) : null);
    }

    @Override
    public String name() {
        return "jdbc";
    }

    @Override
    public CompletionStage<LockReply> acquire(LockRequest request) {
        JdbcLockAcquisition acquisition = new JdbcLockAcquisition(locks, Objects.requireNonNull(request, "request"));
        pending.add(acquisition);
        var unused = acquisition.reply().whenComplete((reply, failure) -> pending.remove(acquisition));
        // A concurrent close either finds it among the pending, or is noticed here.
        if (closed) {
            acquisition.failClosed();
        } else {
            acquisition.attempt();
        }
        return acquisition.reply();
    }

    @Override
    public CompletionStage<Optional<LockState>> lockState(SessionAddress address) {
        LockTable.Key key = LockTable.Key.of(address);
        return locks.run(table -> table.holder(key)
                .map(held -> new LockState(held.owner(), Duration.ofMillis(held.leftMillis())))
                .or(() -> Optional.of(LockState.FREE)));
    }

    /** Fails all waiters and ends renewal: a lock that is held becomes free when its lease is over, unless it was released. */
    @Override
    public void close() {
        closed = true;
        pending.forEach(JdbcLockAcquisition::failClosed);
        locks.close();
    }
}
