package io.sessiontracker.contract.tracker;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.sessiontracker.LockOptions;
import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionQuery;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.SessionType;
import io.sessiontracker.engine.SessionTypeSettings;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/** What is wrong with a call is said before anything is sent. */
interface TrackerMisuseContract extends TrackerFixture {

    @Test
    default void aNullArgumentShouldBeRefused() {
        Unasked unasked = new Unasked(this);
        SessionTracker tracker = unasked.tracker;
        Checkout started = new Checkout("order-1");
        List<ThrowingCallable> calls = List.of(
                () -> tracker.start(null).isSuccess(),
                () -> tracker.start(started, null).isSuccess(),
                () -> tracker.get(null, "order-1").isSuccess(),
                () -> tracker.get(Checkout.class, null).isSuccess(),
                () -> tracker.getAll(null, List.of("order-1")).isEmpty(),
                () -> tracker.getAll(Checkout.class, null).isEmpty(),
                () -> tracker.getAll(Checkout.class, Arrays.asList("order-1", null))
                        .isEmpty(),
                () -> tracker.peek(Checkout.class, null).isSuccess(),
                () -> tracker.getFinished(null, "order-1").isSuccess(),
                () -> tracker.getOrStart(Checkout.class, "order-1", null).isSuccess(),
                () -> tracker.refresh(null).isSuccess(),
                () -> tracker.refresh(Checkout.class, null).isSuccess(),
                () -> tracker.update(null).isSuccess(),
                () -> tracker.updateAndGet(null).isSuccess(),
                () -> tracker.modify(Checkout.class, "order-1", null).isSuccess(),
                () -> tracker.modify(Checkout.class, "order-1", null, checkout -> {})
                        .isSuccess(),
                () -> tracker.modify(Checkout.class, "order-1", "operation", null)
                        .isSuccess(),
                () -> tracker.modifyOrStart(Checkout.class, "order-1", null, checkout -> {})
                        .isSuccess(),
                () -> tracker.modifyOrStart(Checkout.class, "order-1", () -> started, null)
                        .isSuccess(),
                () -> tracker.modifyOrStart(Checkout.class, "order-1", null, () -> started, checkout -> {})
                        .isSuccess(),
                () -> tracker.expiresAt(null).isSuccess(),
                () -> tracker.expiresAt(Checkout.class, null).isSuccess(),
                () -> tracker.expire(null, SessionEntryOptions.none()).isSuccess(),
                () -> tracker.expire(Checkout.class, "order-1", null).isSuccess(),
                () -> tracker.finish(null).isSuccess(),
                () -> tracker.finish(null, "order-1").isSuccess(),
                () -> tracker.finishAndGet((Checkout) null).isSuccess(),
                () -> tracker.resume(null).isSuccess(),
                () -> tracker.resume(Checkout.class, null).isSuccess(),
                () -> tracker.resumeAndGet((Checkout) null).isSuccess(),
                () -> tracker.delete(null).isSuccess(),
                () -> tracker.delete(Checkout.class, null).isSuccess(),
                () -> tracker.lock(null).isSuccess(),
                () -> tracker.lock(started, null).isSuccess(),
                () -> tracker.lock(Checkout.class, "order-1", null).isSuccess(),
                () -> tracker.lock(null, "order-1", LockOptions.defaults()).isSuccess(),
                () -> tracker.getLocked(null, "order-1").isSuccess(),
                () -> tracker.getLocked(Checkout.class, "order-1", null).isSuccess());

        calls.forEach(call -> assertThatNullPointerException().isThrownBy(call));
        unasked.assertNothingSent();
    }

    @Test
    default void aKeyThatBreaksARuleShouldBeRefusedEverywhere() {
        Unasked unasked = new Unasked(this);
        List<Function<String, Object>> calls = List.of(
                key -> unasked.tracker.get(Checkout.class, key),
                key -> unasked.tracker.getAll(Checkout.class, List.of("order-1", key)),
                key -> unasked.tracker.peek(Checkout.class, key),
                key -> unasked.tracker.getFinished(Checkout.class, key),
                key -> unasked.tracker.getOrStart(Checkout.class, key, () -> new Checkout("order-1")),
                key -> unasked.tracker.refresh(Checkout.class, key),
                key -> unasked.tracker.modify(Checkout.class, key, c -> {}),
                key -> unasked.tracker.finish(Checkout.class, key),
                key -> unasked.tracker.finishAndGet(Checkout.class, key),
                key -> unasked.tracker.resume(Checkout.class, key),
                key -> unasked.tracker.resumeAndGet(Checkout.class, key),
                key -> unasked.tracker.delete(Checkout.class, key),
                key -> unasked.tracker.lock(Checkout.class, key),
                key -> unasked.tracker.getLocked(Checkout.class, key));

        for (String key : List.of("", "a\nb", "\u0000", "\u0085", "\uD800", "x".repeat(513), "é".repeat(257))) {
            calls.forEach(call -> assertThatIllegalArgumentException().isThrownBy(() -> call.apply(key)));
        }
        unasked.assertNothingSent();
    }

    @Test
    default void aPropertyThatBreaksARuleShouldBeRefused() {
        Unasked unasked = new Unasked(this);
        Checkout checkout = new Checkout("order-1");
        checkout.getProperties().put("$Key", "order-1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> unasked.tracker.start(checkout).isSuccess())
                .withMessageContaining("$Key");
        unasked.assertNothingSent();

        SessionTracker tracker = tracker();
        Checkout running = tracker.start(new Checkout("order-1")).orElseThrow();
        running.getProperties().put("tenant", null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tracker.update(running).isSuccess())
                .withMessageContaining("tenant");
        running.getProperties().put("tenant", "acme");
        assertThat(tracker.update(running).orElseThrow().getVersion()).isEqualTo(2);
    }

    @Test
    default void aFilterWithTooManyTermsShouldBeRefused() {
        SessionQuery<Checkout> query = api().of(
                        builder(data(namespace()), locks(namespace()), SessionTypeSettings.BUILT_IN)
                                .build())
                .query(Checkout.class);
        String values = IntStream.range(0, 9_000).mapToObj(i -> "'" + i + "'").collect(Collectors.joining(","));

        assertThat(query.where("tenant in [" + values + "]").page().sessions()).isEmpty();
        for (ThrowingCallable tooMany : List.<ThrowingCallable>of(
                () -> query.where("tenant in [" + values + "] or colour in [" + values + "]"),
                () -> query.where("tenant in [" + values + "]").where("colour in [" + values + "]"),
                () -> query.where("has a" + " and has a".repeat(100_000)))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(tooMany)
                    .withMessageMatching("The filter has \\d+ conditions and values; a query takes at most 10000");
        }
    }

    @Test
    default void aNeverStartedInstanceShouldBeRefused() {
        Unasked unasked = new Unasked(this);
        Checkout fresh = new Checkout("order-1");
        List<ThrowingCallable> calls = List.of(
                () -> unasked.tracker.update(fresh).isSuccess(),
                () -> unasked.tracker.updateAndGet(fresh).isSuccess(),
                () -> unasked.tracker.finish(fresh).isSuccess(),
                () -> unasked.tracker.finishAndGet(fresh).isSuccess(),
                () -> unasked.tracker.resume(fresh).isSuccess(),
                () -> unasked.tracker.resumeAndGet(fresh).isSuccess(),
                () -> unasked.tracker.delete(fresh).isSuccess());

        calls.forEach(
                call -> assertThatIllegalStateException().isThrownBy(call).withMessageContaining("checkout/order-1"));
        unasked.assertNothingSent();
    }

    @Test
    default void twoClassesWithOneNameShouldBeRefusedAtTheSecondsFirstUse() {
        Unasked unasked = new Unasked(this);
        assertThat(unasked.tracker.get(Checkout.class, "order-1").isFailure()).isTrue();
        int before = unasked.store.calls();

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        unasked.tracker.get(SecondCheckout.class, "order-1").isSuccess())
                .withMessageContaining(Checkout.class.getName())
                .withMessageContaining(SecondCheckout.class.getName());
        assertThat(unasked.store.calls()).isEqualTo(before);
    }

    @Test
    default void anUnreadableClassShouldBeRefusedAtItsFirstUse() {
        Unasked unasked = new Unasked(this);

        assertThatIllegalStateException()
                .isThrownBy(
                        () -> unasked.tracker.get(Versioned.class, "order-1").isSuccess())
                .withMessageContaining("version");
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> unasked.tracker.start(new Versioned("order-1")).isSuccess())
                .withMessageContaining("version");
        assertThatIllegalStateException()
                .isThrownBy(() -> unasked.tracker
                        .start(new Session("order-1") {}, SessionEntryOptions.none())
                        .isSuccess())
                .withMessageContaining("@SessionType");
        unasked.assertNothingSent();
    }

    @Test
    default void shouldRefuseToCountOrQueryWhatIsInNoIndex() {
        Unasked unasked = new Unasked(this, SessionTypeSettings.BUILT_IN.withQueryable(false));
        SessionTracker tracker = unasked.tracker;
        List<ThrowingCallable> calls = List.of(
                () -> tracker.count(Checkout.class),
                () -> tracker.query(Checkout.class).page(),
                () -> tracker.query(Checkout.class).stream().count(),
                () -> tracker.query(Checkout.class).count(),
                () -> tracker.query(Checkout.class).finished().count(),
                () -> tracker.query(Checkout.class).where("all").finishAll(),
                () -> tracker.query(Checkout.class).where("all").deleteAll());

        calls.forEach(call -> assertThatIllegalStateException()
                .isThrownBy(call)
                .withMessageContaining("session-tracker.types.checkout.queryable"));
        unasked.assertNothingSent();
    }

    @Test
    default void shouldLeaveWhatIsInNoIndexOutOfCounts() {
        String namespace = namespace();
        SessionTypeSettings unindexed = SessionTypeSettings.BUILT_IN.withQueryable(false);
        SessionTracker without = tracker(data(namespace), unindexed);
        SessionTracker with = tracker(data(namespace), SessionTypeSettings.BUILT_IN);
        without.start(new Checkout("order-1")).orElseThrow();
        with.start(new Checkout("order-2")).orElseThrow();
        assertThat(with.count(Checkout.class)).isEqualTo(1);

        without.finish(Checkout.class, "order-2").orElseThrow();
        with.finish(Checkout.class, "order-1").orElseThrow();
        assertThat(with.count(Checkout.class)).isZero();
        assertThat(with.query(Checkout.class).finished().page().sessions())
                .extracting(Session::getKey)
                .containsExactly("order-1");
        assertThat(without.resume(Checkout.class, "order-1").isSuccess()).isTrue();
        assertThat(without.get(Checkout.class, "order-1").isSuccess()).isTrue();
        assertThat(with.query(Checkout.class).count()).isZero();
    }

    /** A tracker that must not ask its store. */
    final class Unasked {
        final FaultyDataProvider store;
        final SessionTracker tracker;

        Unasked(TrackerFixture fixture) {
            this(fixture, SessionTypeSettings.BUILT_IN);
        }

        Unasked(TrackerFixture fixture, SessionTypeSettings settings) {
            String namespace = fixture.namespace();
            store = new FaultyDataProvider(fixture.data(namespace));
            tracker = fixture.tracker(
                    store,
                    request -> {
                        throw new AssertionError("a lock was asked for");
                    },
                    settings);
        }

        void assertNothingSent() {
            assertThat(store.calls()).isZero();
        }
    }

    /** Claims the name of {@link Checkout}. */
    @SessionType("checkout")
    class SecondCheckout extends Session {
        SecondCheckout(String key) {
            super(key);
        }
    }

    /** Has a property that is metadata. */
    class Versioned extends Session {
        @com.fasterxml.jackson.annotation.JsonProperty("version")
        public int edition;

        Versioned(String key) {
            super(key);
        }
    }
}
