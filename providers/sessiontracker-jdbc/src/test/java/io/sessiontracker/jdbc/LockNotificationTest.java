package io.sessiontracker.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** On PostgreSQL a waiter need not look again to notice a release. */
class LockNotificationTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final JdbcDatabase database = TestDatabase.POSTGRESQL.database();
    private final String namespace = "notified:" + UUID.randomUUID();
    private final SessionAddress address = new SessionAddress("checkout", "key");

    /** The waiter would look again after half an hour at the earliest. */
    @Test
    void shouldWakeAWaiterInAnotherProcess() throws Exception {
        try (JdbcSessionLockProvider one = new JdbcSessionLockProvider(database, namespace);
                JdbcSessionLockProvider other = new JdbcSessionLockProvider(database, namespace)) {
            HeldLock held = acquired(lock(one, HOUR));
            for (int i = 0; i < 20; i++) {
                CompletableFuture<LockReply> waiting = lock(i % 2 == 0 ? other : one, HOUR);
                awaitAwaited();
                held.release().toCompletableFuture().get(1, TimeUnit.MINUTES);
                held = acquired(waiting);
            }
            held.release().toCompletableFuture().get(1, TimeUnit.MINUTES);
        }
    }

    /** Between a waiter's look at the lock and its waiting, at any point, the lock may be released. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNoticeAReleaseWhileItBeginsToWait(boolean before) throws Exception {
        StatementHook hook = new StatementHook(database.dataSource());
        JdbcDatabase hooked = JdbcDatabase.of(hook);
        try (JdbcSessionLockProvider one = new JdbcSessionLockProvider(database, namespace);
                JdbcSessionLockProvider other = new JdbcSessionLockProvider(hooked, namespace)) {
            listens(one);
            listens(other);
            for (int i = 0; i < 10; i++) {
                HeldLock held = acquired(lock(one, HOUR));
                Runnable release = () -> {
                    held.release().toCompletableFuture().join();
                    awaitNotified();
                };
                if (before) {
                    hook.before("SET awaited = 1", release);
                } else {
                    hook.after("SET awaited = 1", release);
                }

                HeldLock granted = acquired(lock(other, HOUR));

                granted.release().toCompletableFuture().get(1, TimeUnit.MINUTES);
            }
        }
    }

    /** Returns when the provider listens, as it does after it waited. */
    private void listens(JdbcSessionLockProvider provider) throws Exception {
        HeldLock held = acquired(lock(provider, HOUR));
        CompletableFuture<LockReply> waiting = lock(provider, HOUR);
        awaitAwaited();
        held.release().toCompletableFuture().get(1, TimeUnit.MINUTES);
        acquired(waiting).release().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }

    /** A round trip by another listener: what was sent before has been received by all that read. */
    private void awaitNotified() {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("LISTEN test_sync");
            statement.execute("NOTIFY test_sync");
            connection.unwrap(PGConnection.class).getNotifications(10_000);
            statement.execute("UNLISTEN test_sync");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** A timer and a notification at the same moment must not take a lock twice: one of the two would release it. */
    @Test
    void shouldKeepWhatItWasGrantedUnderManyNotifications() throws Exception {
        LockTable table = new LockTable(database, namespace, JdbcCalls.own(database));
        LockTable.Key key = LockTable.Key.of(address);
        AtomicBoolean ended = new AtomicBoolean();
        Thread notifier = new Thread(() -> {
            JdbcClient client = JdbcClient.create(database.dataSource());
            while (!ended.get()) {
                client.sql("SELECT CAST(pg_notify(?, ?) AS text)")
                        .params(LockTable.CHANNEL, table.notification(key))
                        .query(String.class)
                        .list();
            }
        });
        notifier.start();
        try (JdbcSessionLockProvider one = new JdbcSessionLockProvider(database, namespace);
                JdbcSessionLockProvider other = new JdbcSessionLockProvider(database, namespace)) {
            HeldLock held = acquired(lock(one, HOUR));
            for (int i = 0; i < 150; i++) {
                CompletableFuture<LockReply> waiting = lock(i % 2 == 0 ? other : one, Duration.ofMillis(1));
                awaitAwaited();
                held.release().toCompletableFuture().get(1, TimeUnit.MINUTES);
                held = acquired(waiting);
                assertThat(table.holder(key)).isPresent();
                assertThat(held.extend(HOUR).toCompletableFuture().get(1, TimeUnit.MINUTES))
                        .as("in round " + i)
                        .isTrue();
            }
            held.release().toCompletableFuture().get(1, TimeUnit.MINUTES);
        } finally {
            ended.set(true);
            notifier.join();
        }
    }

    @Test
    void shouldLookAtIntervalsWhereTheListenersConnectionIsLost() throws Exception {
        try (JdbcSessionLockProvider one = new JdbcSessionLockProvider(database, namespace)) {
            HeldLock held = acquired(lock(one, HOUR));
            CompletableFuture<LockReply> waiting = lock(one, Duration.ofMillis(10));
            awaitAwaited();
            JdbcClient.create(database.dataSource())
                    .sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'")
                    .query((row, number) -> number)
                    .list();
            held.release().toCompletableFuture().get(1, TimeUnit.MINUTES);
            acquired(waiting).release().toCompletableFuture().get(1, TimeUnit.MINUTES);
        }
    }

    @Test
    void shouldLookAtIntervalsWithoutNotifications() throws Exception {
        try (JdbcSessionLockProvider one = new JdbcSessionLockProvider(database, namespace, false)) {
            HeldLock held = acquired(lock(one, HOUR));
            CompletableFuture<LockReply> waiting = lock(one, Duration.ofMillis(10));
            held.release().toCompletableFuture().get(1, TimeUnit.MINUTES);
            acquired(waiting).release().toCompletableFuture().get(1, TimeUnit.MINUTES);
        }
    }

    private CompletableFuture<LockReply> lock(JdbcSessionLockProvider provider, Duration retryInterval) {
        return provider.acquire(new LockRequest(address, HOUR, HOUR, retryInterval, false))
                .toCompletableFuture();
    }

    private static HeldLock acquired(CompletableFuture<LockReply> reply) throws Exception {
        return ((LockReply.Acquired) reply.get(1, TimeUnit.MINUTES)).lock();
    }

    private void awaitAwaited() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(JdbcClient.create(database.dataSource())
                                .sql("SELECT awaited FROM SESSION_TRACKER_LOCK WHERE namespace = ?")
                                .params(namespace)
                                .query(Integer.class)
                                .single())
                        .isEqualTo(1));
    }
}
