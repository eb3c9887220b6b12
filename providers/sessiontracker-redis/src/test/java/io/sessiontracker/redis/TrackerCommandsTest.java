package io.sessiontracker.redis;

import java.time.Duration;
import java.util.function.Consumer;

import io.sessiontracker.Session;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.testing.CommandMonitor;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** What a server is sent for each call on a tracker where all is well. */
class TrackerCommandsTest {

    private static final String KEY = "order-7";

    private final RedisServer server = RedisServer.launch();
    private final LettuceConnectionFactory connections = server.newConnectionFactory(Duration.ofMinutes(1));
    private final SessionDataProvider data =
            new RedisSessionDataProvider(RedisSessionDataProvider.template(connections), "shop");
    private final SessionTracker tracker =
            new SessionTrackerBuilder(data, new InMemorySessionLockProvider(), new JacksonSessionCodec()).buildIdle();

    @AfterEach
    void stop() {
        connections.destroy();
        server.close();
    }

    @Test
    void shouldBeOneCommandForEachCall() {
        // So that the server knows the scripts, and the connection is there.
        callAll(call -> call.accept(tracker));
        try (CommandMonitor monitor = new CommandMonitor(server)) {
            callAll(call -> assertThat(monitor.during(() -> call.accept(tracker)))
                    .singleElement()
                    .asString()
                    .isIn("evalsha", "get"));
        }
    }

    /** What a sweep costs of a type in which nothing is due. */
    @Test
    void shouldLookForExpiredSessionsWithFewCommands() {
        SessionSweep claim = SessionSweep.claim("basket", 100, 60_000);
        SessionSweep reminders = SessionSweep.claimReminders("basket", 100, 60_000);
        SessionSweep repair = SessionSweep.repair("basket", 3_600_000);
        tracker.start(new Basket(KEY)).orElseThrow();
        data.sweep(claim).toCompletableFuture().join();
        boolean more = true;
        while (more) {
            more = data.sweep(repair).toCompletableFuture().join().more();
        }
        try (CommandMonitor monitor = new CommandMonitor(server)) {
            assertThat(monitor.during(
                            () -> data.sweep(claim).toCompletableFuture().join()))
                    .hasSize(4)
                    .containsOnly("evalsha");
            assertThat(monitor.during(
                            () -> data.sweep(reminders).toCompletableFuture().join()))
                    .hasSize(4)
                    .containsOnly("evalsha");
            assertThat(monitor.during(
                            () -> data.sweep(repair).toCompletableFuture().join()))
                    .containsExactly("evalsha");
        }
    }

    private static void callAll(Consumer<Consumer<SessionTracker>> caller) {
        Basket basket = new Basket(KEY);
        caller.accept(tracker -> tracker.start(basket).orElseThrow());
        caller.accept(tracker ->
                tracker.getOrStart(Basket.class, KEY, () -> new Basket(KEY)).orElseThrow());
        caller.accept(tracker -> tracker.get(Basket.class, KEY).orElseThrow());
        caller.accept(tracker -> tracker.peek(Basket.class, KEY).orElseThrow());
        caller.accept(tracker -> tracker.refresh(Basket.class, KEY).orElseThrow());
        caller.accept(tracker -> tracker.update(basket).orElseThrow());
        caller.accept(tracker -> tracker.updateAndGet(basket).orElseThrow());
        caller.accept(tracker -> tracker.finish(Basket.class, KEY).orElseThrow());
        caller.accept(tracker -> tracker.getFinished(Basket.class, KEY).orElseThrow());
        caller.accept(tracker -> tracker.resume(Basket.class, KEY).orElseThrow());
        caller.accept(tracker -> tracker.finishAndGet(Basket.class, KEY).orElseThrow());
        caller.accept(tracker -> tracker.resumeAndGet(Basket.class, KEY).orElseThrow());
        caller.accept(tracker -> tracker.delete(Basket.class, KEY).orElseThrow());
    }

    static class Basket extends Session {
        Basket(String key) {
            super(key);
        }
    }
}
