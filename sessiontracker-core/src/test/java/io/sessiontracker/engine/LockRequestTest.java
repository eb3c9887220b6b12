package io.sessiontracker.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.sessiontracker.AsyncSessionTracker;
import io.sessiontracker.LockOptions;
import io.sessiontracker.LockStatus;
import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.SessionType;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a lock service is asked for, and what becomes of its refusal. */
class LockRequestTest {

    private static final SessionAddress ADDRESS = new SessionAddress("basket", "b-1");
    private static final Duration LEASE = Duration.ofMinutes(3);
    private static final Duration WAIT = Duration.ofSeconds(7);
    private static final Duration RETRY = Duration.ofMillis(11);

    private final List<LockRequest> requests = new ArrayList<>();
    private final LockReply refused = new LockReply.Refused(LockStatus.NO_QUORUM);
    private final SessionTracker tracker = new SessionTrackerBuilder(
                    new InMemorySessionDataProvider(),
                    request -> {
                        requests.add(request);
                        return CompletableFuture.completedStage(refused);
                    },
                    new JacksonSessionCodec())
            .settings(new SessionTrackerSettings(
                    new SessionTypeSettings(
                            SessionTypeSettings.BUILT_IN.running(),
                            null,
                            SessionTypeSettings.BUILT_IN.finished(),
                            new LockSettings(LEASE, WAIT, RETRY)),
                    Map.of()))
            .buildIdle();

    @Test
    void shouldBeTheTypesSettingsWhereTheOptionsSayNothing() {
        asks(LockOptions.defaults());
        refuses(tracker.lock(Basket.class, "b-1").failure().orElseThrow());
        refuses(tracker.lock(new Basket("b-1")).failure().orElseThrow());
        refuses(tracker.getLocked(Basket.class, "b-1").failure().orElseThrow());

        assertThat(requests).hasSize(6).containsOnly(new LockRequest(ADDRESS, LEASE, WAIT, RETRY, false));
    }

    @Test
    void shouldBeWhatTheOptionsSay() {
        asks(new LockOptions(Duration.ofHours(1), Duration.ZERO, Duration.ofSeconds(1), false));
        asks(LockOptions.untilReleased());

        assertThat(requests)
                .hasSize(6)
                .containsOnly(
                        new LockRequest(ADDRESS, Duration.ofHours(1), Duration.ZERO, Duration.ofSeconds(1), false),
                        new LockRequest(ADDRESS, LEASE, WAIT, RETRY, true));
    }

    @Test
    void shouldBeWithdrawnWhenItsCallerGivesUp() {
        List<CompletableFuture<LockReply>> waiting = new CopyOnWriteArrayList<>();
        AsyncSessionTracker blocking = new SessionTrackerBuilder(
                        new InMemorySessionDataProvider(),
                        request -> {
                            waiting.add(new CompletableFuture<>());
                            return waiting.get(waiting.size() - 1);
                        },
                        new JacksonSessionCodec())
                .buildIdle()
                .async();

        CompletableFuture<?> lock = blocking.lock(Basket.class, "b-1");
        // The first request of a process waits for its lock provider to be confirmed.
        await().until(() -> waiting.size() == 1);
        lock.cancel(true);
        CompletableFuture<?> locked = blocking.getLocked(Basket.class, "b-1");
        await().until(() -> waiting.size() == 2);
        locked.cancel(true);

        assertThat(waiting).allMatch(CompletableFuture::isCancelled);
    }

    private void asks(LockOptions options) {
        refuses(tracker.lock(Basket.class, "b-1", options).failure().orElseThrow());
        refuses(tracker.lock(new Basket("b-1"), options).failure().orElseThrow());
        refuses(tracker.getLocked(Basket.class, "b-1", options).failure().orElseThrow());
    }

    private static void refuses(SessionError error) {
        assertThat(error).isEqualTo(new SessionError.LockNotAcquired("basket", "b-1", LockStatus.NO_QUORUM));
    }

    @SessionType("basket")
    static class Basket extends Session {
        Basket(String key) {
            super(key);
        }
    }
}
