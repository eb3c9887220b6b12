package io.sessiontracker.redisson;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.sessiontracker.LockedSession;
import io.sessiontracker.Session;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.contract.OwnThread;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.testing.CommandMonitor;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** What a change under a lock of Redisson costs. */
class RedissonLockedChangeTest {

    private static final SessionAddress ADDRESS = new SessionAddress("basket", "order-7");

    private final RedisServer server = RedisServer.launch();
    private final LettuceConnectionFactory connections = server.newConnectionFactory(Duration.ofHours(1));
    private final RedissonClient redisson = RedissonClients.to(server.node());
    private final RedissonSessionLockProvider locks = new RedissonSessionLockProvider(redisson, "shop");
    private final SessionTracker tracker = new SessionTrackerBuilder(
                    new RedisSessionDataProvider(RedisSessionDataProvider.template(connections), "shop"),
                    locks,
                    new JacksonSessionCodec())
            .buildIdle();

    @AfterEach
    void stop() {
        locks.close();
        redisson.shutdown();
        connections.destroy();
        server.close();
    }

    @Test
    void shouldBeFourCommands() {
        tracker.start(new Basket("order-7")).orElseThrow();
        change();
        awaitRelease();
        try (CommandMonitor monitor = new CommandMonitor(server)) {
            List<String> sent = monitor.during(() -> {
                change();
                awaitRelease();
            });
            // Redisson deletes the record of a release in the background.
            assertThat(sent)
                    .filteredOn(command -> !command.equals("del"))
                    .containsExactly("evalsha", "get", "evalsha", "evalsha", "evalsha");
        }
        assertThat(tracker.peek(Basket.class, "order-7").orElseThrow().items).isEqualTo(2);
    }

    @Test
    void shouldNotWaitForRelease() {
        tracker.start(new Basket("order-7")).orElseThrow();
        LockedSession<Basket> locked =
                tracker.getLocked(Basket.class, "order-7").orElseThrow();
        server.freeze();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(locked::close, OwnThread::run);
        assertThat(closed).succeedsWithin(RedissonClients.RESPONSE_TIMEOUT.dividedBy(2));
        server.thaw();
        tracker.getLocked(Basket.class, "order-7").orElseThrow().close();
    }

    /** Reads the lock's state, by the fifth command: sent when the release is over. */
    private void awaitRelease() {
        assertThat(locks.lockState(ADDRESS).toCompletableFuture().join()).isPresent();
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
