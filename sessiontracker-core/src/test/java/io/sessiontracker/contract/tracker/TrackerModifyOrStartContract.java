package io.sessiontracker.contract.tracker;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.contract.OwnThread;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

interface TrackerModifyOrStartContract extends TrackerFixture {

    @Test
    default void modifyOrStartShouldStartTheChangedSession() {
        SessionTracker tracker = tracker();

        Checkout started = tracker.modifyOrStart(
                        Checkout.class, "order-1", () -> new Checkout("order-1"), TrackerModifyOrStartContract::count)
                .orElseThrow();

        assertThat(started.getVersion()).isEqualTo(1);
        assertThat(tracker.peek(Checkout.class, "order-1").orElseThrow())
                .isEqualTo(started)
                .returns(1, Checkout::getCount)
                .returns(1L, Checkout::getVersion);
    }

    @Test
    default void modifyOrStartShouldModifyTheRunningSession() {
        SessionTracker tracker = tracker();
        Checkout running = tracker.start(new Checkout("order-1")).orElseThrow();

        Checkout modified = tracker.modifyOrStart(
                        Checkout.class,
                        "order-1",
                        () -> {
                            throw new AssertionError("asked for another");
                        },
                        TrackerModifyOrStartContract::count)
                .orElseThrow();

        assertThat(modified).isEqualTo(running).returns(1, Checkout::getCount).returns(2L, Checkout::getVersion);
    }

    @Test
    default void modifyOrStartShouldStartAfterAFinish() {
        SessionTracker tracker = tracker();
        Checkout former = tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.finish(former).orElseThrow();

        assertThat(tracker.modifyOrStart(
                                Checkout.class,
                                "order-1",
                                () -> new Checkout("order-1"),
                                TrackerModifyOrStartContract::count)
                        .orElseThrow()
                        .getId())
                .isNotEqualTo(former.getId());
    }

    @Test
    default void modifyOrStartShouldModifyASessionThatOthersStartedMeanwhile() {
        SessionTracker tracker = tracker();
        AtomicInteger supplied = new AtomicInteger();

        Checkout modified = tracker.modifyOrStart(
                        Checkout.class,
                        "order-1",
                        () -> {
                            if (supplied.incrementAndGet() == 1) {
                                tracker.start(Checkout.at("order-1", "Theirs")).orElseThrow();
                            }
                            return Checkout.at("order-1", "Mine");
                        },
                        TrackerModifyOrStartContract::count)
                .orElseThrow();

        assertThat(modified.getAddress()).isEqualTo("Theirs");
        assertThat(modified.getCount()).isEqualTo(1);
    }

    @Test
    default void modifyOrStartShouldLoseNoneOfManyChanges() {
        SessionTracker tracker = tracker();
        List<CompletableFuture<Void>> callers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> tracker.modifyOrStart(
                                        Checkout.class,
                                        "order-1",
                                        () -> new Checkout("order-1"),
                                        TrackerModifyOrStartContract::count)
                                .orElseThrow(),
                        OwnThread::run))
                .toList();
        callers.forEach(CompletableFuture::join);

        assertThat(tracker.peek(Checkout.class, "order-1").orElseThrow().getCount())
                .isEqualTo(8);
    }

    @Test
    default void modifyOrStartShouldStoreNothingWhenTheChangeThrows() {
        SessionTracker tracker = tracker();
        IllegalStateException refusal = new IllegalStateException("no");

        assertThatThrownBy(() -> tracker.modifyOrStart(
                                Checkout.class, "order-1", () -> new Checkout("order-1"), checkout -> {
                                    throw refusal;
                                })
                        .isSuccess())
                .isSameAs(refusal);
        assertThat(tracker.peek(Checkout.class, "order-1").isFailure()).isTrue();
    }

    @Test
    default void modifyOrStartShouldRefuseAnotherKey() {
        SessionTracker tracker = tracker();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> tracker.modifyOrStart(
                                Checkout.class, "order-1", () -> new Checkout("order-2"), checkout -> {})
                        .isSuccess())
                .withMessageContaining("order-2");
        assertThat(tracker.peek(Checkout.class, "order-2").isFailure()).isTrue();
    }

    /** The change was made to it already. */
    @Test
    default void modifyOrStartShouldRefuseAnInstanceThatIsNotNew() {
        SessionTracker tracker = tracker();
        Checkout used = tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.finish(used).orElseThrow();
        Checkout again = new Checkout("order-1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> tracker.modifyOrStart(Checkout.class, "order-1", () -> used, checkout -> {})
                        .isSuccess())
                .withMessageContaining("new session");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tracker.modifyOrStart(Checkout.class, "order-1", () -> again, checkout -> {
                            Checkout theirs = tracker.getOrStart(
                                            Checkout.class, "order-1", () -> new Checkout("order-1"))
                                    .orElseThrow();
                            if (theirs.getVersion() == 1 && checkout != theirs) {
                                tracker.update(theirs).orElseThrow();
                            } else {
                                tracker.delete(Checkout.class, "order-1").orElseThrow();
                            }
                        })
                        .isSuccess())
                .withMessageContaining("new session");
    }

    private static void count(Checkout checkout) {
        checkout.setCount(checkout.getCount() + 1);
    }
}
