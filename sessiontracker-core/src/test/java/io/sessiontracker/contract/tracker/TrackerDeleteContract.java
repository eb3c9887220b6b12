package io.sessiontracker.contract.tracker;

import io.sessiontracker.SessionError;
import io.sessiontracker.SessionTracker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

interface TrackerDeleteContract extends TrackerFixture {

    @Test
    default void deleteShouldRemoveTheRunningAndTheFinishedSession() {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.finish(Checkout.class, "order-1").orElseThrow();
        tracker.start(new Checkout("order-1")).orElseThrow();

        assertThat(tracker.delete(Checkout.class, "order-1").orElseThrow()).isNull();

        SessionError none = new SessionError.NotFound("checkout", "order-1");
        assertThat(tracker.get(Checkout.class, "order-1").failure()).contains(none);
        assertThat(tracker.getFinished(Checkout.class, "order-1").failure()).contains(none);
        assertThat(tracker.delete(Checkout.class, "order-1").failure()).contains(none);
    }

    @Test
    default void deleteOfAnInstanceShouldRemoveItAndNoOther() {
        SessionTracker tracker = tracker();
        Checkout first = tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.finish(first).orElseThrow();
        Checkout second = tracker.start(new Checkout("order-1")).orElseThrow();

        tracker.delete(first).orElseThrow();

        assertThat(tracker.get(Checkout.class, "order-1").orElseThrow()).isEqualTo(second);
        assertThat(tracker.getFinished(Checkout.class, "order-1").isFailure()).isTrue();
        tracker.delete(second).orElseThrow();
        assertThat(tracker.delete(second).failure()).contains(new SessionError.NotFound("checkout", "order-1"));
    }

    @Test
    default void deleteOfAStaleInstanceShouldChangeNothing() {
        SessionTracker tracker = tracker();
        Checkout stale = tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.modify(Checkout.class, "order-1", c -> c.setCount(1)).orElseThrow();
        SessionError conflict = new SessionError.VersionConflict("checkout", "order-1", 1, 2);

        assertThat(tracker.delete(stale).failure()).contains(conflict);
        tracker.finish(Checkout.class, "order-1").orElseThrow();
        assertThat(tracker.delete(stale).failure()).contains(conflict);

        assertThat(tracker.getFinished(Checkout.class, "order-1").isSuccess()).isTrue();
    }
}
