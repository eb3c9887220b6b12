package io.sessiontracker.contract.tracker;

import io.sessiontracker.SessionError;
import io.sessiontracker.SessionTracker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

interface TrackerResumeContract extends TrackerFixture {

    @Test
    default void resumeShouldRestoreTheSessionWithIdAndVersion() {
        SessionTracker tracker = tracker();
        Checkout checkout = tracker.start(Checkout.at("order-1", "Main Street")).orElseThrow();
        tracker.update(checkout).orElseThrow();
        tracker.finish(checkout).orElseThrow();

        assertThat(tracker.resume(Checkout.class, "order-1").orElseThrow()).isNull();

        Checkout resumed = tracker.get(Checkout.class, "order-1").orElseThrow();
        assertThat(resumed).isEqualTo(checkout);
        assertThat(resumed.getVersion()).isEqualTo(2);
        assertThat(resumed.getStartedAt()).isEqualTo(checkout.getStartedAt());
        assertThat(resumed.getAddress()).isEqualTo("Main Street");
        assertThat(tracker.getFinished(Checkout.class, "order-1").failure())
                .contains(new SessionError.AlreadyResumed("checkout", "order-1"));
        assertThat(tracker.update(checkout).orElseThrow().getVersion()).isEqualTo(3);
    }

    @Test
    default void resumeAndGetShouldAnswerTheResumedSession() {
        SessionTracker tracker = tracker();
        Checkout first = tracker.start(Checkout.at("order-1", "First")).orElseThrow();
        Checkout second = tracker.start(Checkout.at("order-2", "Second")).orElseThrow();
        tracker.finish(first).orElseThrow();
        tracker.finish(second).orElseThrow();

        assertThat(tracker.resumeAndGet(Checkout.class, "order-1").orElseThrow())
                .isEqualTo(first)
                .returns("First", Checkout::getAddress);
        assertThat(tracker.resumeAndGet(second).orElseThrow())
                .isEqualTo(second)
                .isNotSameAs(second)
                .returns("Second", Checkout::getAddress);
    }

    @Test
    default void resumeShouldReportNotFound() {
        SessionTracker tracker = tracker();
        Checkout deleted = tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.delete(deleted).orElseThrow();
        SessionError none = new SessionError.NotFound("checkout", "order-1");

        assertThat(tracker.resume(Checkout.class, "order-1").failure()).contains(none);
        assertThat(tracker.resumeAndGet(Checkout.class, "order-1").failure()).contains(none);
        assertThat(tracker.resume(deleted).failure()).contains(none);
    }

    @Test
    default void resumeShouldNotTouchASessionThatRunsUnderTheKey() {
        SessionTracker tracker = tracker();
        Checkout first = tracker.start(Checkout.at("order-1", "First")).orElseThrow();
        tracker.finish(first).orElseThrow();
        Checkout second = tracker.start(Checkout.at("order-1", "Second")).orElseThrow();
        SessionError resumed = new SessionError.AlreadyResumed("checkout", "order-1");

        assertThat(tracker.resume(Checkout.class, "order-1").failure()).contains(resumed);
        assertThat(tracker.resume(first).failure()).contains(resumed);
        assertThat(tracker.resumeAndGet(first).failure()).contains(resumed);

        assertThat(tracker.get(Checkout.class, "order-1").orElseThrow())
                .isEqualTo(second)
                .returns("Second", Checkout::getAddress);
        assertThat(tracker.getFinished(Checkout.class, "order-1").orElseThrow()).isEqualTo(first);
    }

    @Test
    default void resumeShouldReportARunningSessionBeforeAnyVersion() {
        SessionTracker tracker = tracker();
        Checkout stale = tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.modify(Checkout.class, "order-1", c -> c.setCount(1)).orElseThrow();

        assertThat(tracker.resume(stale).failure()).contains(new SessionError.AlreadyResumed("checkout", "order-1"));
    }

    @Test
    default void resumeOfAnInstanceShouldActOnItsOwnVersionOnly() {
        SessionTracker tracker = tracker();
        Checkout stale = tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.modify(Checkout.class, "order-1", c -> c.setCount(1)).orElseThrow();
        tracker.finish(Checkout.class, "order-1").orElseThrow();

        assertThat(tracker.resume(stale).failure())
                .contains(new SessionError.VersionConflict("checkout", "order-1", 1, 2));
        assertThat(tracker.getFinished(Checkout.class, "order-1").isSuccess()).isTrue();
    }
}
