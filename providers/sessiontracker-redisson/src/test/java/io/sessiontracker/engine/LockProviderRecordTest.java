package io.sessiontracker.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.LockOptions;
import io.sessiontracker.Session;
import io.sessiontracker.SessionLock;
import io.sessiontracker.SessionTrackerException;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.redis.lock.RedisSessionLockProvider;
import io.sessiontracker.redisson.RedissonClients;
import io.sessiontracker.redisson.RedissonSessionLockProvider;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.testing.CommandMonitor;
import io.sessiontracker.testing.RedisServer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Processes of one namespace with different lock providers never both hold a lock. */
class LockProviderRecordTest {

    private static final String RECORD = "shop:{lock-provider}";

    private final RedisServer server = RedisServer.launch();
    private final LettuceConnectionFactory connections = server.newConnectionFactory(Duration.ofMinutes(1));
    private final RedissonClient redisson = RedissonClients.to(server.node());
    private final RedisSessionLockProvider own = new RedisSessionLockProvider(connections, "shop");
    private final List<ClosableSessionTracker> trackers = new ArrayList<>();

    @AfterEach
    void stop() {
        trackers.forEach(ClosableSessionTracker::close);
        own.close();
        redisson.shutdown();
        connections.destroy();
        server.close();
    }

    @Test
    void shouldRefuseAnotherProviderAndNameBoth() {
        ClosableSessionTracker first = tracker(own, "shop");
        ClosableSessionTracker other = tracker(new RedissonSessionLockProvider(redisson, "shop"), "shop");
        first.start(new Basket("b-1")).orElseThrow();
        SessionLock held = first.lock(Basket.class, "b-1").orElseThrow();

        assertRefused(() -> other.lock(Basket.class, "b-1").isSuccess());
        assertRefused(() -> other.getLocked(Basket.class, "b-1").isSuccess());
        assertThatThrownBy(() -> other.async().lock(Basket.class, "b-1").join())
                .hasRootCauseInstanceOf(SessionTrackerException.class);
        // Everything else works, as does the first process.
        assertThat(other.get(Basket.class, "b-1").isSuccess()).isTrue();
        held.close();
        first.lock(Basket.class, "b-1").orElseThrow().close();
    }

    @Test
    void shouldGrantWithSameProviderAndInOtherNamespaces() {
        tracker(own, "shop").lock(Basket.class, "b-1").orElseThrow().close();
        try (RedisSessionLockProvider same = new RedisSessionLockProvider(connections, "shop")) {
            tracker(same, "shop").lock(Basket.class, "b-1").orElseThrow().close();
        }
        tracker(new InMemorySessionLockProvider(), "else")
                .lock(Basket.class, "b-1")
                .orElseThrow()
                .close();
    }

    @Test
    void shouldAcceptAnotherProviderAfterRecordExpired() {
        tracker(own, "shop").lock(Basket.class, "b-1").orElseThrow().close();
        ClosableSessionTracker other = tracker(new InMemorySessionLockProvider(), "shop");
        assertThatThrownBy(() -> other.lock(Basket.class, "b-1").isSuccess())
                .isInstanceOf(SessionTrackerException.class);
        assertThat(server.<Long>call(redis -> redis.pttl(RECORD))).isBetween(1L, 60_000L);

        server.call(redis -> redis.del(RECORD));
        other.lock(Basket.class, "b-1").orElseThrow().close();
    }

    @Test
    void shouldNotCallAgainOnceConfirmed() {
        ClosableSessionTracker tracker = tracker(own, "shop");
        tracker.start(new Basket("b-1")).orElseThrow();
        tracker.getLocked(Basket.class, "b-1").orElseThrow().close();
        // Closing does not wait for the release, whose script the new server has not cached yet.
        await().until(() ->
                server.<List<String>>call(redis -> redis.keys("*:l:b-1")).isEmpty());
        try (CommandMonitor monitor = new CommandMonitor(server)) {
            assertThat(monitor.during(() -> {
                        tracker.getLocked(Basket.class, "b-1").orElseThrow().close();
                        assertThat(connections.getConnection().ping()).isEqualTo("PONG");
                    }))
                    .containsExactly("evalsha", "evalsha", "ping");
        }
    }

    @Test
    void shouldRenewRecordUntilStopped() {
        SessionDataProvider data = data("shop");
        LockProviderRecord record = new LockProviderRecord(data, own, Duration.ofMillis(10));
        record.confirm(new SessionAddress("basket", "b-1"), data)
                .toCompletableFuture()
                .join();
        server.call(redis -> redis.del(RECORD));
        await().until(() -> server.<Long>call(redis -> redis.exists(RECORD)) == 1);

        record.stop();
        await().until(() -> {
            server.call(redis -> redis.del(RECORD));
            return server.<Long>call(redis -> redis.exists(RECORD)) == 0;
        });
    }

    @Test
    void shouldRefuseLocksAfterRenewalFindsAnotherProvider() {
        SessionDataProvider data = data("shop");
        LockProviderRecord record = new LockProviderRecord(data, own, Duration.ofMillis(10));
        record.confirm(new SessionAddress("basket", "b-1"), data)
                .toCompletableFuture()
                .join();
        assertThat(record.isConfirmed()).isTrue();

        server.call(redis -> redis.set(RECORD, "memory"));
        await().until(() -> !record.isConfirmed());
        record.stop();
    }

    @Test
    void shouldLeaveNoLockOfCallerCancelledDuringCheck() {
        ClosableSessionTracker tracker = tracker(own, "shop");
        assertThat(tracker.get(Basket.class, "b-1").isFailure()).isTrue();
        server.freeze();
        var asked = tracker.async().lock(Basket.class, "b-1", LockOptions.lease(Duration.ofHours(1)));
        asked.cancel(true);
        server.thaw();

        await().until(() -> server.<Long>call(redis -> redis.exists(RECORD)) == 1);
        tracker.lock(Basket.class, "b-1", LockOptions.waitFor(Duration.ofMinutes(1)))
                .orElseThrow()
                .close();
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(SessionTrackerException.class)
                .hasMessageContainingAll("basket/b-1", "\"redisson\"", "\"redis\"", "session-tracker.lock.provider");
    }

    private SessionDataProvider data(String namespace) {
        return new RedisSessionDataProvider(RedisSessionDataProvider.template(connections), namespace);
    }

    private ClosableSessionTracker tracker(SessionLockProvider locks, String namespace) {
        ClosableSessionTracker tracker =
                new SessionTrackerBuilder(data(namespace), locks, new JacksonSessionCodec()).buildIdle();
        trackers.add(tracker);
        return tracker;
    }

    static class Basket extends Session {
        Basket(String key) {
            super(key);
        }
    }
}
