package io.sessiontracker.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.sessiontracker.LockedSession;
import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionLock;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.SessionType;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.memory.SettableClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which calls restart the sliding expiration, and which do not, by a clock that is moved. */
class SlidingExpirationTest {

    private static final SessionEntryOptions SLIDING = SessionEntryOptions.sliding(Duration.ofMinutes(10));
    private static final Duration MOST_OF_IT = Duration.ofMinutes(6);
    private static final String KEY = "b-1";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));

    @SuppressWarnings("ImmutableEnumChecker") // what a test calls has no state
    enum Use {
        GET(tracker -> tracker.get(Basket.class, KEY).orElseThrow()),
        GET_OR_START(tracker ->
                tracker.getOrStart(Basket.class, KEY, () -> new Basket(KEY)).orElseThrow()),
        GET_LOCKED(tracker -> {
            try (LockedSession<Basket> locked =
                    tracker.getLocked(Basket.class, KEY).orElseThrow()) {
                assertThat(locked.lock().isAcquired()).isTrue();
            }
        }),
        GET_ALL(tracker ->
                assertThat(tracker.getAll(Basket.class, List.of(KEY))).hasSize(1)),
        REFRESH(tracker -> tracker.refresh(Basket.class, KEY).orElseThrow()),
        REFRESH_OF_AN_INSTANCE(tracker -> tracker.refresh(new Basket(KEY)).orElseThrow()),
        UPDATE(tracker ->
                tracker.update(tracker.peek(Basket.class, KEY).orElseThrow()).orElseThrow()),
        UPDATE_AND_GET(
                tracker -> tracker.updateAndGet(tracker.peek(Basket.class, KEY).orElseThrow())
                        .orElseThrow()),
        MODIFY(tracker -> tracker.modify(Basket.class, KEY, basket -> {}).orElseThrow());

        private final Consumer<SessionTracker> call;

        Use(Consumer<SessionTracker> call) {
            this.call = call;
        }
    }

    @SuppressWarnings("ImmutableEnumChecker") // nor has this
    enum Look {
        PEEK(tracker -> tracker.peek(Basket.class, KEY).orElseThrow()),
        LOCK(tracker -> {
            try (SessionLock lock = tracker.lock(Basket.class, KEY).orElseThrow()) {
                assertThat(lock.isAcquired()).isTrue();
            }
        }),
        PAGE(tracker ->
                assertThat(tracker.query(Basket.class).page().sessions()).hasSize(1)),
        STREAM(tracker ->
                assertThat(tracker.query(Basket.class).where("all").stream()).hasSize(1)),
        COUNT(tracker -> assertThat(tracker.count(Basket.class)).isEqualTo(1));

        private final Consumer<SessionTracker> call;

        Look(Consumer<SessionTracker> call) {
            this.call = call;
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRestartWith(Use use) {
        SessionTracker tracker = tracker(SLIDING);
        tracker.start(new Basket(KEY)).orElseThrow();
        clock.advance(MOST_OF_IT);
        use.call.accept(tracker);
        clock.advance(MOST_OF_IT);
        assertThat(tracker.peek(Basket.class, KEY).isSuccess()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotRestartWith(Look look) {
        SessionTracker tracker = tracker(SLIDING);
        tracker.start(new Basket(KEY)).orElseThrow();
        clock.advance(MOST_OF_IT);
        look.call.accept(tracker);
        clock.advance(MOST_OF_IT);
        assertThat(tracker.peek(Basket.class, KEY).isFailure()).isTrue();
    }

    @SuppressWarnings("ImmutableEnumChecker") // options are immutable
    private enum Finished {
        SLIDING_TOO(SLIDING, true),
        NOT_SLIDING(SessionEntryOptions.absolute(Duration.ofMinutes(10)), false);

        private final SessionEntryOptions lifetimes;
        private final boolean lives;

        Finished(SessionEntryOptions lifetimes, boolean lives) {
            this.lifetimes = lifetimes;
            this.lives = lives;
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRestartAFinishedOneWithGetFinishedOnlyWhereItSlides(Finished finished) {
        SessionTracker tracker = tracker(finished.lifetimes);
        tracker.start(new Basket(KEY)).orElseThrow();
        tracker.finish(Basket.class, KEY).orElseThrow();
        clock.advance(MOST_OF_IT);
        tracker.getFinished(Basket.class, KEY).orElseThrow();
        clock.advance(MOST_OF_IT);
        assertThat(tracker.getFinished(Basket.class, KEY).isSuccess()).isEqualTo(finished.lives);
    }

    private SessionTracker tracker(SessionEntryOptions finished) {
        SessionTypeSettings settings = new SessionTypeSettings(SLIDING, null, finished, LockSettings.BUILT_IN);
        return new SessionTrackerBuilder(
                        new InMemorySessionDataProvider(clock),
                        new InMemorySessionLockProvider(),
                        new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(settings, Map.of()))
                .buildIdle();
    }

    @SessionType("basket")
    static class Basket extends Session {
        Basket(String key) {
            super(key);
        }
    }
}
