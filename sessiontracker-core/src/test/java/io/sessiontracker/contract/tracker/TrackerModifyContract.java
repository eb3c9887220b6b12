package io.sessiontracker.contract.tracker;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.sessiontracker.SessionError;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.contract.OwnThread;
import io.sessiontracker.engine.SessionTypeSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

interface TrackerModifyContract extends TrackerFixture {

    @Test
    default void modifyShouldStoreTheChangeAndAnswerIt() {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1")).orElseThrow();

        Checkout changed = tracker.modify(Checkout.class, "order-1", checkout -> checkout.setAddress("Side Street"))
                .orElseThrow();

        assertThat(changed.getVersion()).isEqualTo(2);
        assertThat(changed.getAddress()).isEqualTo("Side Street");
        assertThat(tracker.peek(Checkout.class, "order-1").orElseThrow().getAddress())
                .isEqualTo("Side Street");
    }

    @Test
    default void modifyShouldBeginAgainAfterAConflictingWrite() {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1")).orElseThrow();
        AtomicInteger rounds = new AtomicInteger();

        Checkout changed = tracker.modify(Checkout.class, "order-1", checkout -> {
                    if (rounds.incrementAndGet() == 1) {
                        raise(tracker);
                    }
                    checkout.setCount(checkout.getCount() + 10);
                })
                .orElseThrow();

        assertThat(rounds).hasValue(2);
        assertThat(changed.getCount()).isEqualTo(11);
        assertThat(changed.getVersion()).isEqualTo(3);
    }

    @Test
    default void modifyShouldGiveUpWhenOthersAreAlwaysFaster() {
        String namespace = namespace();
        SessionTracker tracker = api().of(builder(data(namespace), locks(namespace), SessionTypeSettings.BUILT_IN)
                .modifyAttempts(4)
                .build());
        tracker.start(new Checkout("order-1")).orElseThrow();
        AtomicInteger rounds = new AtomicInteger();

        SessionError error = tracker.modify(Checkout.class, "order-1", checkout -> {
                    rounds.incrementAndGet();
                    raise(tracker);
                    checkout.setCount(-1);
                })
                .failure()
                .orElseThrow();

        assertThat(error).isInstanceOf(SessionError.VersionConflict.class);
        assertThat(rounds).hasValue(4);
        assertThat(tracker.peek(Checkout.class, "order-1").orElseThrow().getCount())
                .isEqualTo(4);
    }

    @Test
    default void modifyShouldLoseNoneOfManyChanges() {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1")).orElseThrow();

        List<CompletableFuture<Void>> writers = Stream.generate(() -> CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < 25; i++) {
                                tracker.modify(Checkout.class, "order-1", c -> c.setCount(c.getCount() + 1))
                                        .orElseThrow();
                            }
                        },
                        OwnThread::run))
                .limit(4)
                .toList();
        writers.forEach(CompletableFuture::join);

        Checkout stored = tracker.peek(Checkout.class, "order-1").orElseThrow();
        assertThat(stored.getCount()).isEqualTo(100);
        assertThat(stored.getVersion()).isBetween(2L, 101L);
    }

    @Test
    default void modifyShouldStoreNothingWhenTheChangeThrows() {
        assertNothingStored(new IllegalStateException("no"));
        if (api() != ApiVariant.REACTIVE) { // Reactor unwraps this one, also when the application threw it.
            assertNothingStored(new CompletionException(new IOException("no")));
        }
    }

    private void assertNothingStored(RuntimeException refusal) {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1")).orElseThrow();

        assertThatThrownBy(() -> tracker.modify(Checkout.class, "order-1", checkout -> {
                            checkout.setAddress("not stored");
                            throw refusal;
                        })
                        .isSuccess())
                .isSameAs(refusal);
        Checkout stored = tracker.peek(Checkout.class, "order-1").orElseThrow();
        assertThat(stored.getAddress()).isEmpty();
        assertThat(stored.getVersion()).isEqualTo(1);
    }

    @Test
    default void modifyShouldReportNotFoundOrAlreadyFinished() {
        SessionTracker tracker = tracker();
        assertThat(tracker.modify(Checkout.class, "order-1", c -> {}).failure())
                .contains(new SessionError.NotFound("checkout", "order-1"));
        tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.finish(Checkout.class, "order-1").orElseThrow();

        assertThat(tracker.modify(Checkout.class, "order-1", c -> {}).failure())
                .contains(new SessionError.AlreadyFinished("checkout", "order-1"));
    }

    /** Else a change that was meant for one session would be made to another, which took its place meanwhile. */
    @Test
    default void modifyShouldStayWithTheSessionThatItFirstRead() {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1")).orElseThrow();
        AtomicInteger rounds = new AtomicInteger();

        SessionError error = tracker.modify(Checkout.class, "order-1", checkout -> {
                    checkout.setAddress("meant for the first");
                    if (rounds.incrementAndGet() == 1) {
                        tracker.delete(Checkout.class, "order-1").orElseThrow();
                        tracker.start(new Checkout("order-1")).orElseThrow();
                    }
                })
                .failure()
                .orElseThrow();

        assertThat(error).isEqualTo(new SessionError.VersionConflict("checkout", "order-1", 1, 1));
        assertThat(rounds).hasValue(1);
        assertThat(tracker.peek(Checkout.class, "order-1").orElseThrow().getAddress())
                .isEmpty();
    }

    @Test
    default void modifyShouldRefuseAChangeThatModifiesItsOwnSession() {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.start(new Checkout("order-2")).orElseThrow();

        assertThatThrownBy(() -> tracker.modify(
                                Checkout.class,
                                "order-1",
                                outer -> tracker.modify(Checkout.class, "order-1", inner -> {})
                                        .orElseThrow())
                        .isSuccess())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("checkout/order-1")
                .hasMessageContaining("modify");
        assertThat(tracker.modify(
                                Checkout.class,
                                "order-1",
                                outer -> tracker.modify(Checkout.class, "order-2", inner -> inner.setCount(7))
                                        .orElseThrow())
                        .isSuccess())
                .isTrue();
        assertThat(tracker.peek(Checkout.class, "order-2").orElseThrow().getCount())
                .isEqualTo(7);
    }

    private static void raise(SessionTracker tracker) {
        Checkout other = tracker.get(Checkout.class, "order-1").orElseThrow();
        other.setCount(other.getCount() + 1);
        tracker.update(other).orElseThrow();
    }
}
