package io.sessiontracker.contract.tracker;

import java.util.List;

import io.sessiontracker.SessionError;
import io.sessiontracker.SessionTracker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

interface TrackerUpdateContract extends TrackerFixture {

    @Test
    default void updateShouldStoreStateAndPropertiesAndRaiseTheVersion() {
        SessionTracker tracker = tracker();
        Checkout checkout = Checkout.at("order-1", "Main Street");
        checkout.getProperties().put("tenant", "acme");
        tracker.start(checkout).orElseThrow();
        String id = checkout.getId();
        checkout.setAddress("Side Street");
        checkout.setLines(List.of("tea", "cups"));
        checkout.getProperties().clear();
        checkout.getProperties().put("customer", "7");

        assertThat(tracker.update(checkout).orElseThrow()).isSameAs(checkout);

        assertThat(checkout.getVersion()).isEqualTo(2);
        assertThat(checkout.getId()).isEqualTo(id);
        Checkout stored = tracker.peek(Checkout.class, "order-1").orElseThrow();
        assertThat(stored.getVersion()).isEqualTo(2);
        assertThat(stored.getStartedAt()).isEqualTo(checkout.getStartedAt());
        assertThat(stored.getAddress()).isEqualTo("Side Street");
        assertThat(stored.getLines()).containsExactly("tea", "cups");
        assertThat(stored.getProperties()).containsOnlyKeys("customer");
    }

    @Test
    default void updateAndGetShouldAnswerAFreshCopyAndAdvanceTheInstance() {
        SessionTracker tracker = tracker();
        Checkout checkout = tracker.start(new Checkout("order-1")).orElseThrow();
        checkout.setAddress("Side Street");

        Checkout stored = tracker.updateAndGet(checkout).orElseThrow();

        assertThat(stored).isNotSameAs(checkout).isEqualTo(checkout);
        assertThat(stored.getVersion()).isEqualTo(2);
        assertThat(checkout.getVersion()).isEqualTo(2);
        assertThat(stored.getAddress()).isEqualTo("Side Street");
        stored.setAddress("Third Street");
        assertThat(tracker.update(stored).orElseThrow().getVersion()).isEqualTo(3);
    }

    @Test
    default void theSecondWriterShouldGetAConflictAndChangeNothing() {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1")).orElseThrow();
        Checkout fast = tracker.get(Checkout.class, "order-1").orElseThrow();
        Checkout slow = tracker.get(Checkout.class, "order-1").orElseThrow();
        fast.setAddress("fast");
        tracker.update(fast).orElseThrow();
        slow.setAddress("slow");

        assertThat(tracker.update(slow).failure())
                .contains(new SessionError.VersionConflict("checkout", "order-1", 1, 2));
        assertThat(tracker.updateAndGet(slow).failure())
                .contains(new SessionError.VersionConflict("checkout", "order-1", 1, 2));

        assertThat(slow.getVersion()).isEqualTo(1);
        Checkout stored = tracker.peek(Checkout.class, "order-1").orElseThrow();
        assertThat(stored.getAddress()).isEqualTo("fast");
        assertThat(stored.getVersion()).isEqualTo(2);
    }

    @Test
    default void anotherStartUnderTheKeyShouldBeAConflictAlsoAtTheSameVersion() {
        SessionTracker tracker = tracker();
        Checkout first = tracker.start(Checkout.at("order-1", "First")).orElseThrow();
        tracker.delete(first).orElseThrow();
        tracker.start(Checkout.at("order-1", "Second")).orElseThrow();

        assertThat(tracker.update(first).failure())
                .contains(new SessionError.VersionConflict("checkout", "order-1", 1, 1));
        assertThat(tracker.peek(Checkout.class, "order-1").orElseThrow().getAddress())
                .isEqualTo("Second");
    }

    @Test
    default void updateShouldNotRestoreAFinishedSession() {
        SessionTracker tracker = tracker();
        Checkout checkout = tracker.start(Checkout.at("order-1", "Main Street")).orElseThrow();
        tracker.finish(Checkout.class, "order-1").orElseThrow();
        checkout.setAddress("too late");

        assertThat(tracker.update(checkout).failure())
                .contains(new SessionError.AlreadyFinished("checkout", "order-1"));
        assertThat(checkout.getVersion()).isEqualTo(1);
        assertThat(tracker.getFinished(Checkout.class, "order-1").orElseThrow().getAddress())
                .isEqualTo("Main Street");
    }

    @Test
    default void updateShouldNotRestoreADeletedSession() {
        SessionTracker tracker = tracker();
        Checkout checkout = tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.delete(Checkout.class, "order-1").orElseThrow();

        assertThat(tracker.update(checkout).failure()).contains(new SessionError.NotFound("checkout", "order-1"));
        assertThat(checkout.getVersion()).isEqualTo(1);
        assertThat(tracker.peek(Checkout.class, "order-1").isFailure()).isTrue();
    }

    @Test
    default void updateShouldRefuseAnInstanceThatWasNeverStartedOrRead() {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1")).orElseThrow();

        assertThatIllegalStateException()
                .isThrownBy(() -> tracker.update(new Checkout("order-1")).isSuccess())
                .withMessageContaining("checkout/order-1")
                .withMessageContaining("never started or read");
    }

    @Test
    default void aFailedUpdateShouldLeaveTheInstanceFitForTheNextOne() {
        SessionTracker tracker = tracker();
        Checkout checkout = tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.finish(checkout).orElseThrow();
        assertThat(tracker.update(checkout).isFailure()).isTrue();
        tracker.resume(checkout).orElseThrow();
        checkout.setAddress("after all");

        assertThat(tracker.update(checkout).orElseThrow().getVersion()).isEqualTo(2);
    }
}
