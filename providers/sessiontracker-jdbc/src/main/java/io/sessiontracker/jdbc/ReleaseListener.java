package io.sessiontracker.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes waiters when PostgreSQL says that their lock was released. It has one connection of the pool for as long as a lock is waited
 * for, and a while longer. A notification may be lost, as with the connection: so a waiter never relies on it, and also looks again at
 * intervals.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-notify.html">NOTIFY</a>
 */
final class ReleaseListener implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ReleaseListener.class);
    private static final int POLL_MILLIS = 500;
    private static final long IDLE_NANOS = 30_000_000_000L;
    private static final long PAUSE_MILLIS = 10_000;

    private final DataSource dataSource;
    private final String channel;
    private final Map<String, Set<Runnable>> waiters = new ConcurrentHashMap<>();
    private volatile boolean listening;
    private volatile boolean closed;
    private volatile long lastUse = System.nanoTime();
    // Guarded by this.
    private boolean started;
    private @Nullable Thread thread;
    private boolean failing;

    /** @param channel on which names of released locks are sent; an identifier */
    ReleaseListener(DataSource dataSource, String channel) {
        this.dataSource = dataSource;
        this.channel = channel;
    }

    /** Returns whether a release is noticed from now on. */
    boolean isListening() {
        return listening;
    }

    /** Runs a task at each notification about a lock, on the listener's thread, until {@link #remove}. */
    void add(String lock, Runnable task) {
        waiters.compute(lock, (same, tasks) -> {
            Set<Runnable> more = tasks == null ? ConcurrentHashMap.newKeySet() : tasks;
            more.add(task);
            return more;
        });
        start();
    }

    void remove(String lock, Runnable task) {
        waiters.computeIfPresent(lock, (same, tasks) -> {
            tasks.remove(task);
            return tasks.isEmpty() ? null : tasks;
        });
        lastUse = System.nanoTime();
    }

    private synchronized void start() {
        if (!started && !closed) {
            started = true;
            thread = new Thread(this::run, "sessiontracker-jdbc-listener");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        while (isNeeded()) {
            try (Connection connection = dataSource.getConnection()) {
                listen(connection);
            } catch (SQLException | RuntimeException failed) {
                logOnce(failed);
                pause();
            } finally {
                listening = false;
            }
        }
    }

    private void logOnce(Exception failed) {
        if (!failing && !closed) {
            log.info("Cannot listen for released locks; waiters look at intervals until that works", failed);
        }
        failing = true;
    }

    private void listen(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        PGConnection notifications = connection.unwrap(PGConnection.class);
        try (Statement statement = connection.createStatement()) {
            try {
                statement.execute("LISTEN " + channel);
                listening = true;
                failing = false;
                waiters.values().forEach(ReleaseListener::wake); // for what was released before
                receive(notifications);
            } finally {
                // Also after a failure: by a statement of its own, a pool notices that the connection is lost.
                statement.execute("UNLISTEN " + channel);
            }
        }
    }

    private void receive(PGConnection notifications) throws SQLException {
        while (isUsed()) {
            for (PGNotification notification : notifications.getNotifications(POLL_MILLIS)) {
                wake(waiters.getOrDefault(notification.getParameter(), Set.of()));
            }
        }
    }

    private static void wake(Set<Runnable> tasks) {
        tasks.forEach(Runnable::run);
    }

    private boolean isUsed() {
        return !closed && (!waiters.isEmpty() || System.nanoTime() - lastUse < IDLE_NANOS);
    }

    private synchronized boolean isNeeded() {
        started = isUsed();
        return started;
    }

    private synchronized void pause() {
        try {
            if (!closed) {
                wait(PAUSE_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    /** Gives the connection back, as the data source may be closed next. */
    @Override
    public void close() {
        Thread last;
        synchronized (this) {
            closed = true;
            last = thread;
            notifyAll();
        }
        try {
            if (last != null) {
                last.join(4 * POLL_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
