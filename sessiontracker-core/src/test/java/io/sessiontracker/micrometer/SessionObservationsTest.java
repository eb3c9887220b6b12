package io.sessiontracker.micrometer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.sessiontracker.AsyncSessionTracker;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionLockProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Each operation is observed once, with its type and outcome, and with nothing of the session. */
class SessionObservationsTest {

    private static final String KEY = "key-of-a-customer";

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final SessionTracker tracker = tracker(registry, null, new InMemorySessionLockProvider());

    @Test
    void shouldObserveEachOperationWithItsOutcome() {
        assertThat(tracker.get(CartSession.class, KEY).isFailure()).isTrue();
        expect("get", "not_found");
        CartSession cart = tracker.start(new CartSession(KEY)).orElseThrow();
        expect("start", "success");
        assertThat(tracker.start(new CartSession(KEY)).isFailure()).isTrue();
        expect("start", "in_progress");
        CartSession stale = tracker.peek(CartSession.class, KEY).orElseThrow();
        expect("peek", "success");
        tracker.update(cart).orElseThrow();
        expect("update", "success");
        assertThat(tracker.update(stale).isFailure()).isTrue();
        expect("update", "version_conflict");
        assertThat(tracker.resume(CartSession.class, KEY).isFailure()).isTrue();
        expect("resume", "already_resumed");
        try (var lock = tracker.lock(CartSession.class, KEY).orElseThrow()) {
            assertThat(lock.isAcquired()).isTrue();
            expect("lock", "success");
            assertThat(tracker.getLocked(CartSession.class, KEY).isFailure()).isTrue();
            expect("getLocked", "lock_not_acquired");
        }
        tracker.finish(CartSession.class, KEY).orElseThrow();
        expect("finish", "success");
        assertThat(tracker.get(CartSession.class, KEY).isFailure()).isTrue();
        expect("get", "already_finished");
    }

    @Test
    void shouldObserveAnOperationOfSeveralStepsOnce() {
        tracker.start(new CartSession(KEY)).orElseThrow();
        registry.clear();

        tracker.modify(CartSession.class, KEY, cart -> cart.secret = "other").orElseThrow();
        expect("modify", "success");
        tracker.getLocked(CartSession.class, KEY).orElseThrow().close();
        expect("getLocked", "success");
    }

    @Test
    void shouldObserveAsyncCalls() {
        ClosableSessionTracker whole = tracker(registry, null, new InMemorySessionLockProvider());
        AsyncSessionTracker async = whole.async();

        async.start(new CartSession(KEY)).join().orElseThrow();
        await().untilAsserted(() -> expect("start", "success"));
        async.getLocked(CartSession.class, KEY).join().orElseThrow().release().join();
        await().untilAsserted(() -> expect("getLocked", "success"));
        assertThat(async.query(CartSession.class).where("all").deleteAll().join())
                .isEqualTo(1);
        await().untilAsserted(() -> expect("deleteAll", "success"));
    }

    @Test
    void shouldObserveQueries() {
        tracker.start(new CartSession(KEY)).orElseThrow();
        registry.clear();

        assertThat(tracker.query(CartSession.class).page().sessions()).hasSize(1);
        expect("page", "success");
        assertThat(tracker.count(CartSession.class)).isEqualTo(1);
        expect("count", "success");
        assertThat(tracker.query(CartSession.class).where("all").finishAll()).isEqualTo(1);
        expect("finishAll", "success");
    }

    @Test
    void shouldObserveFailures() {
        SessionStoreException broken = new SessionStoreException("gone", new IllegalStateException());
        SessionTracker withoutLocks = tracker(registry, null, new SessionLockProvider() {
            @Override
            public CompletionStage<LockReply> acquire(LockRequest request) {
                return CompletableFuture.failedStage(broken);
            }
        });

        assertThatThrownBy(() -> withoutLocks.lock(CartSession.class, KEY).isSuccess())
                .isSameAs(broken);
        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasLowCardinalityKeyValue("outcome", "error")
                .hasError(broken)
                .hasBeenStopped();
    }

    @Test
    void shouldReportMisuse() {
        assertThatThrownBy(() -> tracker.update(new CartSession(KEY)).isSuccess())
                .isInstanceOf(IllegalStateException.class);

        expect("update", "error");
    }

    /** What a driver does meanwhile is part of it. */
    @Test
    void shouldBeCurrentWhileTheRequestIsSent() {
        Observation[] seen = new Observation[1];
        tracker.getOrStart(CartSession.class, KEY, () -> {
                    seen[0] = registry.getCurrentObservation();
                    return new CartSession(KEY);
                })
                .orElseThrow();

        assertThat(seen[0].getContextView().getContextualName()).isEqualTo("getOrStart cart-session");
        assertThat(registry.getCurrentObservation()).isNull();
    }

    @Test
    void shouldNeverShowKeysOrPayloads() {
        List<String> shown = new ArrayList<>();
        registry.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public void onStop(Observation.Context context) {
                context.getAllKeyValues().forEach(tag -> shown.add(tag.getValue()));
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
        tracker.start(new CartSession(KEY)).orElseThrow();
        tracker.modify(CartSession.class, KEY, cart -> cart.secret = "other").orElseThrow();

        assertThat(shown).isNotEmpty().noneMatch(value -> value.contains(KEY) || value.contains("payload"));
    }

    @Test
    void shouldTakeAConventionOfTheApplication() {
        SessionTracker conventional = tracker(
                registry,
                new DefaultSessionObservationConvention() {
                    @Override
                    public String getName() {
                        return "shop.sessions";
                    }

                    @Override
                    public KeyValues getHighCardinalityKeyValues(SessionObservationContext context) {
                        return KeyValues.of("key", String.valueOf(context.key()));
                    }
                },
                new InMemorySessionLockProvider());
        assertThat(conventional.count(CartSession.class)).isZero();

        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasNameEqualTo("shop.sessions")
                .hasHighCardinalityKeyValue("key", "null");
    }

    @Test
    void shouldCostNothingWithoutARegistryThatObserves() {
        SessionObservations nothing = new SessionObservations(ObservationRegistry.NOOP, null);

        assertThat(nothing.begin("get", "cart-session", KEY))
                .isSameAs(io.sessiontracker.spi.SessionInstrumentation.Operation.IGNORED);
    }

    private void expect(String operation, String outcome) {
        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasNameEqualTo("session.tracker.operations")
                .hasContextualNameEqualTo(operation + " cart-session")
                .hasLowCardinalityKeyValue("type", "cart-session")
                .hasLowCardinalityKeyValue("operation", operation)
                .hasLowCardinalityKeyValue("outcome", outcome)
                .hasBeenStopped();
        registry.clear();
    }

    private static ClosableSessionTracker tracker(
            ObservationRegistry registry,
            @Nullable SessionObservationConvention convention,
            SessionLockProvider locks) {
        return new SessionTrackerBuilder(new InMemorySessionDataProvider(), locks, new JacksonSessionCodec())
                .instrumentation(new SessionObservations(registry, convention))
                .buildIdle();
    }
}
