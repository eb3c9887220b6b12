package io.sessiontracker.jdbc;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
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
