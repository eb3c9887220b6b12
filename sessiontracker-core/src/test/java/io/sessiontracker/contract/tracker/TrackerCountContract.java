package io.sessiontracker.contract.tracker;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.SessionTypeSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

interface TrackerCountContract extends TrackerFixture {

    @Test
    default void countShouldFollowTheSessions() {
        SessionTracker tracker = tracker();
        assertThat(tracker.count(Checkout.class)).isZero();
        Checkouts.starts(tracker, "order", "acme", 6);
        assertThat(tracker.count(Checkout.class)).isEqualTo(6);

        tracker.finish(Checkout.class, "order-0").orElseThrow();
        tracker.finish(Checkout.class, "order-1").orElseThrow();
        tracker.delete(Checkout.class, "order-2").orElseThrow();
        assertThat(tracker.count(Checkout.class)).isEqualTo(3);
        assertThat(tracker.query(Checkout.class).count()).isEqualTo(3);
        assertThat(tracker.query(Checkout.class).finished().count()).isEqualTo(2);

        tracker.resume(Checkout.class, "order-0").orElseThrow();
        tracker.start(new Checkout("order-1")).orElseThrow();
        assertThat(tracker.count(Checkout.class)).isEqualTo(5);
        assertThat(tracker.query(Checkout.class).finished().count()).isEqualTo(1);
    }

    @Test
    default void countShouldKnowNoOtherTypeAndNoOtherNamespace() {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.start(new TrackerIsolationContract.Locks("order-1")).orElseThrow();
        tracker().start(new Checkout("order-2")).orElseThrow();

        assertThat(tracker.count(Checkout.class)).isEqualTo(1);
        assertThat(tracker.count(TrackerIsolationContract.Locks.class)).isEqualTo(1);
        assertThat(tracker.count(TrackerIsolationContract.Running.class)).isZero();
    }

    @Test
    default void countShouldLeaveOutExpiredSessionsKeptOrNot() {
        for (SessionTypeSettings settings : new SessionTypeSettings[] {SessionTypeSettings.BUILT_IN, KEPT}) {
            SessionTracker tracker = tracker(settings);
            tracker.start(new Checkout("lives")).orElseThrow();
            tracker.start(new Checkout("over"), SessionEntryOptions.absoluteAt(past()))
                    .orElseThrow();
            tracker.start(new Checkout("soon"), SessionEntryOptions.sliding(TrackerLifetimeContract.SHORT))
                    .orElseThrow();

            await().until(() -> tracker.count(Checkout.class) == 1);
            assertThat(Checkouts.keys(tracker.query(Checkout.class))).containsExactly("lives");
        }
    }

    @Test
    default void countOfAQueryShouldCountItsMatches() {
        SessionTracker tracker = tracker();
        Checkouts.starts(tracker, "a", "acme", 5);
        Checkouts.starts(tracker, "b", "binford", 3);

        assertThat(tracker.query(Checkout.class).where("tenant is 'acme'").count())
                .isEqualTo(5);
        assertThat(tracker.query(Checkout.class).where("all").count()).isEqualTo(8);
        assertThat(tracker.query(Checkout.class).where("tenant is 'none'").count())
                .isZero();
        String cursor = tracker.query(Checkout.class).pageSize(3).page().nextCursor();
        assertThat(tracker.query(Checkout.class).after(cursor).count()).isEqualTo(5);
    }

    @Test
    default void countShouldCountUnreadableSessions() {
        String namespace = namespace();
        tracker(namespace).start(Checkout.at("order-1", "secret street")).orElseThrow();
        RecordingListener recorder = new RecordingListener();
        SessionTracker current = tracker(namespace, SessionTypeSettings.BUILT_IN, recorder);

        assertThat(current.count(TrackerUnreadableContract.Numbered.class)).isEqualTo(1);
        assertThat(current.query(TrackerUnreadableContract.Numbered.class)
                        .where("all")
                        .count())
                .isEqualTo(1);
        assertThat(recorder.errors()).isEmpty();
    }
}
