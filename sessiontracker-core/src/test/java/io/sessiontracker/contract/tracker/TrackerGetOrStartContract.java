package io.sessiontracker.contract.tracker;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.contract.OwnThread;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

interface TrackerGetOrStartContract extends TrackerFixture {

    @Test
    default void getOrStartShouldStartTheSuppliedSession() {
        SessionTracker tracker = tracker();
        Checkout supplied = Checkout.at("order-1", "Main Street");

        Checkout answered =
                tracker.getOrStart(Checkout.class, "order-1", () -> supplied).orElseThrow();

        assertThat(answered).isSameAs(supplied);
        assertThat(answered.getVersion()).isEqualTo(1);
        assertThat(tracker.peek(Checkout.class, "order-1").orElseThrow()).isEqualTo(supplied);
    }

    @Test
    default void getOrStartShouldAnswerTheRunningSessionAndNotAskForAnother() {
        SessionTracker tracker = tracker();
        Checkout running = tracker.start(Checkout.at("order-1", "Main Street")).orElseThrow();

        Checkout answered = tracker.getOrStart(Checkout.class, "order-1", () -> {
                    throw new AssertionError("asked for another");
                })
                .orElseThrow();

        assertThat(answered).isEqualTo(running).isNotSameAs(running);
        assertThat(answered.getAddress()).isEqualTo("Main Street");
    }

    @Test
    default void getOrStartShouldAnswerASessionThatOthersStartedMeanwhile() {
        SessionTracker tracker = tracker();
        AtomicReference<Checkout> theirs = new AtomicReference<>();

        Checkout answered = tracker.getOrStart(Checkout.class, "order-1", () -> {
                    theirs.set(tracker.start(Checkout.at("order-1", "Theirs")).orElseThrow());
                    return Checkout.at("order-1", "Mine");
                })
                .orElseThrow();

        assertThat(answered).isEqualTo(theirs.get());
        assertThat(answered.getAddress()).isEqualTo("Theirs");
    }

    @Test
    default void getOrStartShouldStartAgainAfterAFinish() {
        SessionTracker tracker = tracker();
        Checkout first = tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.finish(first).orElseThrow();

        Checkout second = tracker.getOrStart(Checkout.class, "order-1", () -> new Checkout("order-1"))
                .orElseThrow();

        assertThat(second.getId()).isNotEqualTo(first.getId());
    }

    @Test
    default void allOfManyGetOrStartsShouldGetTheSameSession() {
        SessionTracker tracker = tracker();
        List<CompletableFuture<Checkout>> calls = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> tracker.getOrStart(Checkout.class, "order-1", () -> new Checkout("order-1"))
                                .orElseThrow(),
                        OwnThread::run))
                .limit(16)
                .toList();

        assertThat(calls.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }

    @Test
    default void getOrStartShouldRefuseAnotherKeyOrClassThanItWasAskedFor() {
        SessionTracker tracker = tracker();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> tracker.getOrStart(Checkout.class, "order-1", () -> new Checkout("order-2"))
                        .isSuccess())
                .withMessageContaining("checkout/order-1")
                .withMessageContaining("order-2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tracker.getOrStart(Checkout.class, "order-1", () -> new Checkout("order-1") {})
                        .isSuccess())
                .withMessageContaining(Checkout.class.getName());
        assertThatThrownBy(() -> tracker.getOrStart(Checkout.class, "order-1", () -> null)
                        .isSuccess())
                .isInstanceOf(NullPointerException.class);
        assertThat(tracker.peek(Checkout.class, "order-1").isFailure()).isTrue();
    }
}
