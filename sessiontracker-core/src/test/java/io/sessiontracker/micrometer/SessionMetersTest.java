package io.sessiontracker.micrometer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.cache.NearCacheMode;
import io.sessiontracker.cache.NearCacheSettings;
import io.sessiontracker.engine.LockSettings;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.engine.SweepSettings;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.SessionDataProvider;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is counted and timed beside the operations. */
class SessionMetersTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final SessionTypeSettings SHORT_LIVED = new SessionTypeSettings(
            SessionEntryOptions.absolute(Duration.ofMillis(1)),
            AN_HOUR,
            SessionEntryOptions.none(),
            LockSettings.BUILT_IN);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void shouldTimeHowLongLocksAreWaitedForAndHeld() {
        SessionTracker tracker = tracker(SessionTypeSettings.BUILT_IN, event -> {});
        tracker.start(new CartSession("key")).orElseThrow();
        try (var locked = tracker.getLocked(CartSession.class, "key").orElseThrow()) {
            assertThat(tracker.lock(CartSession.class, "key").isFailure()).isTrue();
            locked.lock().close();
        }

        assertThat(registry.get("session.tracker.lock.wait")
                        .tags("type", "cart-session", "outcome", "acquired")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("session.tracker.lock.wait")
                        .tags("type", "cart-session", "outcome", "conflicted")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("session.tracker.lock.hold")
                        .tags("type", "cart-session")
                        .timer()
                        .count())
                .as("held once, however often it is closed")
                .isEqualTo(1);
    }

    @Test
    void shouldDescribeEachMeter() {
        registry.config().meterFilter(new OperationDescription());
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
        var operation = new SessionObservations(observations, null).begin("get", "cart-session", "key");
        operation.sent();
        operation.ended(null, null);
        SessionTracker tracker = tracker(SessionTypeSettings.BUILT_IN, event -> {});
        tracker.start(new CartSession("key")).orElseThrow();
        tracker.lock(CartSession.class, "key").orElseThrow().close();
        readFromNearCache();

        assertThat(registry.getMeters())
                .hasSizeGreaterThan(SessionMeter.values().length)
                .allSatisfy(meter -> assertThat(meter.getId().getDescription())
                        .as(meter.getId().getName())
                        .isNotBlank());
    }

    @Test
    void shouldCountReadsOfANearCache() {
        SessionTracker tracker = tracker(
                SessionTypeSettings.BUILT_IN.withNearCache(NearCacheSettings.of(NearCacheMode.VALIDATED)), event -> {});
        assertThat(tracker.get(CartSession.class, "key").isFailure()).isTrue();
        tracker.start(new CartSession("key")).orElseThrow();
        tracker.get(CartSession.class, "key").orElseThrow();
        tracker.peek(CartSession.class, "key").orElseThrow();

        for (var expected : Map.of("hit", 2.0, "miss", 1.0).entrySet()) {
            assertThat(registry.get("session.tracker.near.cache.reads")
                            .tags("type", "cart-session", "result", expected.getKey())
                            .counter()
                            .count())
                    .isEqualTo(expected.getValue());
        }
    }

    @Test
    void shouldCountWhatIsAnnouncedToANearCache() {
        readFromNearCache();
        readFromNearCache();

        assertThat(count("session.tracker.near.cache.invalidations")).isEqualTo(2);
        assertThat(registry.get("session.tracker.near.cache.delay").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(6);
    }

    @Test
    void shouldCountConflictsAlsoOfRetriedChanges() {
        SessionTracker tracker = tracker(SessionTypeSettings.BUILT_IN, event -> {});
        tracker.start(new CartSession("key")).orElseThrow();
        AtomicBoolean first = new AtomicBoolean(true);
        tracker.modify(CartSession.class, "key", cart -> {
                    if (first.getAndSet(false)) {
                        tracker.update(tracker.get(CartSession.class, "key").orElseThrow())
                                .orElseThrow();
                    }
                })
                .orElseThrow();

        assertThat(count("session.tracker.conflicts")).isEqualTo(1);
    }

    @Test
    void shouldCountDeliveriesAndRedeliveries() {
        AtomicBoolean broken = new AtomicBoolean(true);
        SessionTracker tracker = tracker(SHORT_LIVED, event -> {
            if (event instanceof SessionExpired<?> && broken.getAndSet(false)) {
                throw new IllegalStateException("not now");
            }
        });
        tracker.start(new CartSession("key")).orElseThrow();

        await().until(() -> tracker.expireSessions() == 1);
        assertThat(count("session.tracker.expirations")).isEqualTo(1);
        assertThat(count("session.tracker.expirations.reclaimed")).isEqualTo(1);
    }

    @Test
    void shouldCountTheRunningSessionsOnceForManyLooks() {
        AtomicInteger asked = new AtomicInteger();
        SessionMeters meters = new SessionMeters(registry, counting(asked, () -> 3L), AN_HOUR);
        meters.know("cart-session");

        assertThat(gauge()).isEqualTo(3);
        assertThat(gauge()).isEqualTo(3);
        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldCountAgainWhenTheCountIsOld() {
        AtomicInteger asked = new AtomicInteger();
        SessionMeters meters =
                new SessionMeters(registry, counting(asked, () -> (long) asked.get()), Duration.ofNanos(1));
        meters.know("cart-session");

        assertThat(gauge()).isEqualTo(1);
        assertThat(gauge()).isEqualTo(2);
    }

    @Test
    void shouldHaveNoGaugeOfWhatCannotBeCounted() {
        AtomicInteger asked = new AtomicInteger();
        SessionMeters meters =
                new SessionMeters(registry, counting(asked, () -> 3L), AN_HOUR, type -> !type.equals("chat-session"));
        meters.know("chat-session");
        meters.know("cart-session");

        assertThat(registry.get("session.tracker.sessions").gauges())
                .extracting(gauge -> gauge.getId().getTag("type"))
                .containsExactly("cart-session");
    }

    @Test
    void shouldHaveNoNumberAndAskOnceWhileTheStoreDoesNotAnswer() {
        AtomicInteger asked = new AtomicInteger();
        SessionMeters meters = new SessionMeters(
                registry,
                counting(asked, () -> {
                    throw new SessionStoreException("gone", new IllegalStateException());
                }),
                AN_HOUR);
        meters.know("cart-session");
        meters.know("order-session");

        assertThat(gauge()).isNaN();
        assertThat(registry.get("session.tracker.sessions")
                        .tags("type", "order-session")
                        .gauge()
                        .value())
                .isNaN();
        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldGaugeRunningSessions() {
        SessionTracker tracker = tracker(SessionTypeSettings.BUILT_IN, event -> {});
        tracker.start(new CartSession("one")).orElseThrow();
        tracker.start(new CartSession("two")).orElseThrow();

        assertThat(gauge()).isEqualTo(2);
    }

    @Test
    void shouldHaveTheMetersThatAreDocumentedAndNoOthers() {
        SessionTracker tracker = tracker(SessionTypeSettings.BUILT_IN, event -> {});
        tracker.lock(CartSession.class, "key").orElseThrow().close();
        readFromNearCache();

        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::getName)
                .containsExactlyInAnyOrderElementsOf(List.of(SessionMeter.values()).stream()
                        .map(SessionMeter::getName)
                        .toList());
    }

    private void readFromNearCache() {
        SessionTracker cached = tracker(
                SessionTypeSettings.BUILT_IN.withNearCache(NearCacheSettings.of(NearCacheMode.VALIDATED)), event -> {});
        assertThat(cached.peek(CartSession.class, "key").isFailure()).isTrue();
        SessionMeters meters = new SessionMeters(registry, new InMemorySessionDataProvider(), AN_HOUR);
        meters.nearCacheInvalidation("cart-session");
        meters.nearCacheConfirmed(Duration.ofMillis(3));
    }

    private double count(String name) {
        return registry.get(name).tags("type", "cart-session").counter().count();
    }

    private double gauge() {
        return registry.get("session.tracker.sessions")
                .tags("type", "cart-session")
                .gauge()
                .value();
    }

    private SessionTracker tracker(SessionTypeSettings settings, SessionListener listener) {
        InMemorySessionDataProvider store = new InMemorySessionDataProvider();
        return new SessionTrackerBuilder(store, new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(settings, Map.of()))
                .sweep(new SweepSettings(false, AN_HOUR, Duration.ofMillis(1), 10, 5))
                .listener(listener)
                .instrumentation(new SessionMeters(registry, store, Duration.ofNanos(1)))
                .buildIdle();
    }

    /** A store of which only the count matters. */
    private static SessionDataProvider counting(AtomicInteger asked, java.util.function.Supplier<Long> count) {
        return (SessionDataProvider) java.lang.reflect.Proxy.newProxyInstance(
                SessionMetersTest.class.getClassLoader(),
                new Class<?>[] {SessionDataProvider.class},
                (proxy, method, arguments) -> {
                    asked.incrementAndGet();
                    CompletionStage<Long> answer;
                    try {
                        answer = CompletableFuture.completedStage(count.get());
                    } catch (RuntimeException failed) {
                        answer = CompletableFuture.failedStage(failed);
                    }
                    return answer;
                });
    }
}
