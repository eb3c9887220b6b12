package io.sessiontracker.redis.lock;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.sessiontracker.LockedSession;
import io.sessiontracker.Session;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.contract.OwnThread;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.testing.CommandMonitor;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static io.sessiontracker.redis.lock.LockSite.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a change under a lock costs where the lock is kept with the session. */
class LockedChangeTest {

    private final RedisServer server = RedisServer.launch();
    private final LettuceConnectionFactory connections = server.newConnectionFactory(Duration.ofHours(1));
    private final RedisSessionLockProvider locks = new RedisSessionLockProvider(connections, "shop");
    private final SessionTracker tracker = new SessionTrackerBuilder(
                    new RedisSessionDataProvider(RedisSessionDataProvider.template(connections), "shop"),
                    locks,
                    new JacksonSessionCodec())
            .buildIdle();

    @AfterEach
    void stop() {
        locks.close();
        connections.destroy();
        server.close();
    }

    @Test
    void shouldBeThreeCommands() {
        tracker.start(new Basket("order-7")).orElseThrow();
        change();
        // The first release is sent twice, as the server does not know its script.
        await().until(() -> keys(server).stream().noneMatch(key -> key.contains(":l:")));
        try (CommandMonitor monitor = new CommandMonitor(server)) {
            assertThat(monitor.during(() -> {
                        change();
                        awaitTheRelease();
                    }))
                    .containsExactly("evalsha", "evalsha", "evalsha", "ping");
        }
        assertThat(tracker.peek(Basket.class, "order-7").orElseThrow().items).isEqualTo(2);
    }

    @Test
    void shouldNotWaitForTheRelease() {
        tracker.start(new Basket("order-7")).orElseThrow();
        LockedSession<Basket> locked =
                tracker.getLocked(Basket.class, "order-7").orElseThrow();
        server.freeze();
        // Were it waited for, this would take an hour.
        assertThat(CompletableFuture.runAsync(locked::close, OwnThread::run)).succeedsWithin(Duration.ofMinutes(1));
        server.thaw();
        tracker.getLocked(Basket.class, "order-7").orElseThrow().close();
    }

    /** What is sent over the same connection is answered after it. */
    private void awaitTheRelease() {
        assertThat(connections.getConnection().ping()).isEqualTo("PONG");
    }

    private void change() {
        try (LockedSession<Basket> locked =
                tracker.getLocked(Basket.class, "order-7").orElseThrow()) {
            locked.session().items++;
            tracker.update(locked.session()).orElseThrow();
        }
    }

    static class Basket extends Session {

        public int items;

        Basket(String key) {
            super(key);
        }
    }
}
