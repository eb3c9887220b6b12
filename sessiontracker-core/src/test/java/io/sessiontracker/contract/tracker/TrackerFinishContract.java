package io.sessiontracker.contract.tracker;

import io.sessiontracker.SessionError;
import io.sessiontracker.SessionTracker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

interface TrackerFinishContract extends TrackerFixture {

    @Test
    default void finishShouldFinishTheStoredSession() {
        SessionTracker tracker = tracker();
        Checkout checkout = Checkout.at("order-1", "Main Street");
        checkout.getProperties().put("tenant", "acme");
        tracker.start(checkout).orElseThrow();
        tracker.update(checkout).orElseThrow();
        checkout.setAddress("unsaved");

        assertThat(tracker.finish(checkout).orElseThrow()).isNull();

        assertThat(tracker.get(Checkout.class, "order-1").failure())
                .contains(new SessionError.AlreadyFinished("checkout", "order-1"));
        Checkout finished = tracker.getFinished(Checkout.class, "order-1").orElseThrow();
        assertThat(finished).isEqualTo(checkout);
        assertThat(finished.getVersion()).isEqualTo(2);
        assertThat(finished.getStartedAt()).isEqualTo(checkout.getStartedAt());
        assertThat(finished.getAddress()).isEqualTo("Main Street");
        assertThat(finished.getProperties()).containsEntry("tenant", "acme");
    }

    @Test
    default void finishAndGetShouldAnswerTheFinishedSession() {
        SessionTracker tracker = tracker();
        Checkout first = tracker.start(Checkout.at("order-1", "First")).orElseThrow();
        Checkout second = tracker.start(Checkout.at("order-2", "Second")).orElseThrow();

        assertThat(tracker.finishAndGet(Checkout.class, "order-1").orElseThrow())
                .isEqualTo(first)
                .isNotSameAs(first)
                .returns("First", Checkout::getAddress);
        assertThat(tracker.finishAndGet(second).orElseThrow())
                .isEqualTo(second)
                .isNotSameAs(second)
                .returns("Second", Checkout::getAddress);
    }

    @Test
    default void finishShouldReportNotFound() {
        SessionTracker tracker = tracker();
        SessionError none = new SessionError.NotFound("checkout", "order-1");
        Checkout deleted = tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.delete(deleted).orElseThrow();

        assertThat(tracker.finish(Checkout.class, "order-1").failure()).contains(none);
        assertThat(tracker.finishAndGet(Checkout.class, "order-1").failure()).contains(none);
        assertThat(tracker.finish(deleted).failure()).contains(none);
        assertThat(tracker.finishAndGet(deleted).failure()).contains(none);
    }

    @Test
    default void finishShouldReportAlreadyFinished() {
        SessionTracker tracker = tracker();
        SessionError finished = new SessionError.AlreadyFinished("checkout", "order-1");
        Checkout checkout = tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.finish(checkout).orElseThrow();

        assertThat(tracker.finish(Checkout.class, "order-1").failure()).contains(finished);
        assertThat(tracker.finish(checkout).failure()).contains(finished);
        tracker.start(new Checkout("order-1")).orElseThrow();
        assertThat(tracker.finish(checkout).failure()).contains(finished);
        assertThat(tracker.peek(Checkout.class, "order-1").isSuccess()).isTrue();
    }

    @Test
    default void finishOfAnInstanceShouldActOnItsOwnVersionOnly() {
        SessionTracker tracker = tracker();
        Checkout stale = tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.modify(Checkout.class, "order-1", c -> c.setCount(1)).orElseThrow();

        SessionError conflict = new SessionError.VersionConflict("checkout", "order-1", 1, 2);
        assertThat(tracker.finish(stale).failure()).contains(conflict);
        assertThat(tracker.finishAndGet(stale).failure()).contains(conflict);
        assertThat(tracker.peek(Checkout.class, "order-1").isSuccess()).isTrue();
    }

    @Test
    default void aLaterFinishShouldReplaceTheFinishedSession() {
        SessionTracker tracker = tracker();
        tracker.start(Checkout.at("order-1", "First")).orElseThrow();
        tracker.finish(Checkout.class, "order-1").orElseThrow();
        tracker.start(Checkout.at("order-1", "Second")).orElseThrow();

        tracker.finish(Checkout.class, "order-1").orElseThrow();

        assertThat(tracker.getFinished(Checkout.class, "order-1").orElseThrow().getAddress())
                .isEqualTo("Second");
    }
}
