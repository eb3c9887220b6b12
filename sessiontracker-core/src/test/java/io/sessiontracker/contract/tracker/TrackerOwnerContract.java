package io.sessiontracker.contract.tracker;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.sessiontracker.LockOptions;
import io.sessiontracker.SessionAccessDeniedException;
import io.sessiontracker.SessionCaller;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.OwnerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** A caller may use its own sessions alone, where a type's sessions have an owner. */
interface TrackerOwnerContract extends TrackerFixture {

    String KEY = "order-1";
    String OWNER = "customer";
    LockOptions AT_ONCE = LockOptions.defaults().withWait(Duration.ZERO);
    SessionCaller ANN = new SessionCaller("ann");
    SessionCaller BOB = new SessionCaller("bob");
    SessionCaller SUPPORT = new SessionCaller("sue", Set.of("ROLE_SUPPORT", "ROLE_USER"));

    /** What gives a session under a key without having read it, and so answers that there is none. */
    Map<String, Function<SessionTracker, SessionResult<?>>> BY_KEY = Map.ofEntries(
            entry("get", tracker -> tracker.get(Checkout.class, KEY)),
            entry("peek", tracker -> tracker.peek(Checkout.class, KEY)),
            entry("getFinished", tracker -> tracker.getFinished(Checkout.class, KEY)),
            entry("refresh", tracker -> tracker.refresh(Checkout.class, KEY)),
            entry("expiresAt", tracker -> tracker.expiresAt(Checkout.class, KEY)),
            entry(
                    "expire",
                    tracker -> tracker.expire(Checkout.class, KEY, SessionEntryOptions.absolute(Duration.ofDays(1)))),
            entry("modify", tracker -> tracker.modify(Checkout.class, KEY, checkout -> checkout.setCount(7))),
            entry("modify once", tracker -> tracker.modify(Checkout.class, KEY, "1", checkout -> checkout.setCount(7))),
            entry("finish", tracker -> tracker.finish(Checkout.class, KEY)),
            entry("finishAndGet", tracker -> tracker.finishAndGet(Checkout.class, KEY)),
            entry("resume", tracker -> tracker.resume(Checkout.class, KEY)),
            entry("resumeAndGet", tracker -> tracker.resumeAndGet(Checkout.class, KEY)),
            entry("delete", tracker -> tracker.delete(Checkout.class, KEY)),
            entry("getLocked", tracker -> tracker.getLocked(Checkout.class, KEY, AT_ONCE)));

    /** What would start or lock a session, and so is refused. */
    Map<String, Function<SessionTracker, SessionResult<?>>> REFUSED = Map.of(
            "start", tracker -> tracker.start(of(BOB, KEY)),
            "getOrStart", tracker -> tracker.getOrStart(Checkout.class, KEY, () -> of(BOB, KEY)),
            "modifyOrStart",
                    tracker -> tracker.modifyOrStart(
                            Checkout.class, KEY, () -> of(BOB, KEY), checkout -> checkout.setCount(7)),
            "lock", tracker -> tracker.lock(Checkout.class, KEY, AT_ONCE),
            "lock of a session", tracker -> tracker.lock(of(BOB, KEY), AT_ONCE));

    private static Checkout of(SessionCaller owner, String key) {
        Checkout checkout = new Checkout(key);
        checkout.getProperties().put(OWNER, owner.name());
        return checkout;
    }

    private Shop shop() {
        return new Shop(this, settings());
    }

    private static SessionTypeSettings settings() {
        return SessionTypeSettings.BUILT_IN
                .withIndexedProperties(Set.of(OWNER))
                .withOwner(new OwnerSettings(OWNER, Set.of("ROLE_SUPPORT")));
    }

    /** A tracker, and who calls it. */
    final class Shop {

        private final AtomicReference<@Nullable SessionCaller> caller = new AtomicReference<>();
        private final SessionTracker tracker;

        private Shop(TrackerFixture fixture, SessionTypeSettings settings) {
            String namespace = fixture.namespace();
            SessionDataProvider data = fixture.data(namespace);
            SessionLockProvider locks = fixture.locks(namespace);
            this.tracker =
                    fixture.api().of(fixture.builder(data, locks, settings), () -> Optional.ofNullable(caller.get()));
        }

        SessionTracker as(@Nullable SessionCaller other) {
            caller.set(other);
            return tracker;
        }
    }

    /** A method that is not here would not be held to what follows. */
    @Test
    default void eachMethodThatTakesAKeyShouldBeHere() {
        Set<String> methods = Stream.of(SessionTracker.class.getMethods())
                .filter(method -> method.getParameterCount() > 1 && method.getParameterTypes()[1] == String.class)
                .map(Method::getName)
                .collect(Collectors.toSet());

        assertThat(Stream.of(BY_KEY, REFUSED, Map.of("watch", 0))
                        .flatMap(calls -> calls.keySet().stream())
                        .map(name -> name.split(" ")[0]))
                .containsAll(methods);
    }

    @Test
    default void anotherOwnersSessionShouldBeAbsent() {
        for (SessionCaller other : new SessionCaller[] {BOB, null}) {
            Shop shop = shop();
            shop.as(ANN).start(of(ANN, KEY)).orElseThrow();

            BY_KEY.forEach((name, call) -> assertThat(call.apply(shop.as(other)).failure())
                    .as(name)
                    .contains(new SessionError.NotFound("checkout", KEY)));
            assertThat(shop.as(other).getAll(Checkout.class, List.of(KEY))).isEmpty();

            Checkout untouched = shop.as(ANN).get(Checkout.class, KEY).orElseThrow();
            assertThat(untouched.getVersion()).isOne();
            assertThat(shop.as(ANN).lock(Checkout.class, KEY, AT_ONCE))
                    .as("no lock is left")
                    .satisfies(lock -> lock.orElseThrow().close());
        }
    }

    @Test
    default void aCallThatWouldStartOrLockShouldBeRefused() {
        Shop shop = shop();
        shop.as(ANN).start(of(ANN, KEY)).orElseThrow();

        REFUSED.forEach((name, call) -> assertThatExceptionOfType(SessionAccessDeniedException.class)
                .as(name)
                .isThrownBy(() -> call.apply(shop.as(BOB)))
                .withMessageContaining("another owner's session is there")
                .satisfies(denied -> assertThat(denied.access().key()).isEqualTo(KEY)));

        shop.as(ANN).getLocked(Checkout.class, KEY, AT_ONCE).orElseThrow().close();
        shop.as(ANN).finish(Checkout.class, KEY).orElseThrow();
        assertThatExceptionOfType(SessionAccessDeniedException.class)
                .as("its finished session would be replaced")
                .isThrownBy(() -> shop.as(BOB).start(of(BOB, KEY)));
    }

    @Test
    default void aSessionShouldBeStartedInItsOwnersName() {
        Shop shop = shop();
        for (Checkout foreign : List.of(new Checkout(KEY), of(BOB, KEY))) {
            assertThatExceptionOfType(SessionAccessDeniedException.class)
                    .isThrownBy(() -> shop.as(ANN).start(foreign))
                    .withMessageContaining("its property \"customer\" must be the caller's name");
        }
        assertThat(shop.as(SUPPORT).peek(Checkout.class, KEY).isFailure()).isTrue();
    }

    @Test
    default void anOwnSessionShouldBeUsedAsAnyOther() {
        Shop shop = shop();
        SessionTracker tracker = shop.as(ANN);
        tracker.start(of(ANN, KEY)).orElseThrow();
        tracker.modify(Checkout.class, KEY, checkout -> checkout.setCount(1)).orElseThrow();
        Checkout read = tracker.get(Checkout.class, KEY).orElseThrow();
        read.setCount(read.getCount() + 1);
        tracker.update(read).orElseThrow();
        tracker.getLocked(Checkout.class, KEY).orElseThrow().close();
        tracker.lock(Checkout.class, KEY).orElseThrow().close();
        assertThat(tracker.getAll(Checkout.class, List.of(KEY))).containsOnlyKeys(KEY);
        tracker.finish(Checkout.class, KEY).orElseThrow();
        assertThat(tracker.getFinished(Checkout.class, KEY).orElseThrow().getCount())
                .isEqualTo(2);
        tracker.resume(Checkout.class, KEY).orElseThrow();
        tracker.delete(Checkout.class, KEY).orElseThrow();
        assertThat(tracker.lock(Checkout.class, "new"))
                .as("nobody's")
                .satisfies(lock -> lock.orElseThrow().close());
    }

    @Test
    default void anExemptCallerShouldUseEveryonesSessions() {
        Shop shop = shop();
        shop.as(ANN).start(of(ANN, KEY)).orElseThrow();

        shop.as(SUPPORT)
                .modify(Checkout.class, KEY, checkout -> checkout.setCount(1))
                .orElseThrow();
        shop.as(SUPPORT).start(of(BOB, "order-2")).orElseThrow();
        assertThat(shop.as(SUPPORT).count(Checkout.class)).isEqualTo(2);
        assertThat(shop.as(BOB).get(Checkout.class, "order-2").isSuccess()).isTrue();
    }

    @Test
    default void aSessionShouldBeHandedOver() {
        Shop shop = shop();
        shop.as(ANN).start(of(ANN, KEY)).orElseThrow();
        shop.as(ANN)
                .modify(
                        Checkout.class,
                        KEY,
                        checkout -> checkout.getProperties().put(OWNER, BOB.name()))
                .orElseThrow();

        assertThat(shop.as(ANN)
                        .modify(Checkout.class, KEY, checkout -> checkout.setCount(1))
                        .isFailure())
                .isTrue();
        assertThat(shop.as(BOB).get(Checkout.class, KEY).isSuccess()).isTrue();
    }

    @Test
    default void queriesShouldFindOwnSessionsOnly() {
        Shop shop = shop();
        for (int i = 0; i < 3; i++) {
            shop.as(ANN).start(of(ANN, "ann-" + i)).orElseThrow();
            shop.as(BOB).start(of(BOB, "bob-" + i)).orElseThrow();
        }
        shop.as(BOB).finish(Checkout.class, "bob-2").orElseThrow();

        SessionTracker ann = shop.as(ANN);
        assertThat(ann.count(Checkout.class)).isEqualTo(3);
        assertThat(ann.query(Checkout.class).finished().count()).isZero();
        assertThat(ann.query(Checkout.class).where("customer is 'bob'").count()).isZero();
        assertThat(ann.query(Checkout.class)
                        .where("$Key is 'bob-1' or customer is 'ann'")
                        .page()
                        .sessions())
                .extracting(Checkout::getKey)
                .containsExactlyInAnyOrder("ann-0", "ann-1", "ann-2");
        assertThat(ann.query(Checkout.class).newestFirst().stream().map(Checkout::getKey))
                .containsExactlyInAnyOrder("ann-2", "ann-1", "ann-0");
        assertThat(shop.as(null).query(Checkout.class).stream()).isEmpty();
        assertThat(shop.as(BOB).query(Checkout.class).where("all").deleteAll()).isEqualTo(2);
        assertThat(shop.as(BOB).query(Checkout.class).finished().where("all").deleteAll())
                .isOne();
        assertThat(shop.as(ANN).query(Checkout.class).where("all").finishAll()).isEqualTo(3);
    }

    @Test
    default void aWatchShouldEndWhereTheSessionBecomesAnothers() {
        Shop shop = shop();
        shop.as(ANN).start(of(ANN, KEY)).orElseThrow();
        RecordingWatcher own = new RecordingWatcher();
        RecordingWatcher others = new RecordingWatcher();
        try (var ann = shop.as(ANN).watch(Checkout.class, KEY, own);
                var bob = shop.as(BOB).watch(Checkout.class, KEY, others)) {
            await().until(() -> others.hasEnded() && own.states().size() == 1);
            shop.as(ANN)
                    .modify(
                            Checkout.class,
                            KEY,
                            checkout -> checkout.getProperties().put(OWNER, BOB.name()))
                    .orElseThrow();
            await().until(own::hasEnded);
            assertThat(own.states()).extracting(Checkout::getVersion).containsExactly(1L);
            assertThat(others.states()).isEmpty();
        }
    }
}
