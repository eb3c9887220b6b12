package io.sessiontracker.contract.tracker;

import io.sessiontracker.SessionError;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.SessionTypeSettings;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The outcome of repeating a call whose request or reply was lost. */
interface TrackerLostReplyContract extends TrackerFixture {

    @Test
    default void aRepeatedStartShouldStoreThePresentState() {
        Faulty faulty = new Faulty(this);
        Checkout checkout = Checkout.at("order-1", "before");
        faulty.store.loseReplies(1);
        assertUnknown(() -> faulty.tracker.start(checkout).isSuccess());
        assertThat(checkout.getId()).isEmpty();
        checkout.setAddress("after");

        faulty.tracker.start(checkout).orElseThrow();

        assertThat(checkout.getVersion()).isEqualTo(1);
        assertThat(faulty.stored()).isEqualTo(checkout).returns("after", Checkout::getAddress);
    }

    @Test
    default void aStartShouldSucceedAfterSeveralLossesOfAnyKind() {
        Faulty faulty = new Faulty(this);
        Checkout checkout = new Checkout("order-1");
        faulty.store.loseReplies(1);
        assertUnknown(() -> faulty.tracker.start(checkout).isSuccess());
        faulty.store.loseRequests(1);
        assertUnknown(() -> faulty.tracker.start(checkout).isSuccess());
        faulty.store.loseReplies(1);
        assertUnknown(() -> faulty.tracker.start(checkout).isSuccess());

        faulty.tracker.start(checkout).orElseThrow();

        assertThat(faulty.stored()).isEqualTo(checkout);
    }

    @Test
    default void aRepeatedStartShouldNotOverwriteAnotherSession() {
        Faulty faulty = new Faulty(this);
        Checkout mine = Checkout.at("order-1", "mine");
        faulty.store.loseRequests(1);
        assertUnknown(() -> faulty.tracker.start(mine).isSuccess());
        faulty.tracker.start(Checkout.at("order-1", "theirs")).orElseThrow();

        assertThat(faulty.tracker.start(mine).failure()).containsInstanceOf(SessionError.InProgress.class);
        assertThat(faulty.stored().getAddress()).isEqualTo("theirs");
    }

    @Test
    default void aReplayedTransitionShouldSucceedThoughItsSessionIsGone() {
        Faulty faulty = new Faulty(this);
        Runnable delete = () -> faulty.tracker.delete(Checkout.class, "order-1").orElseThrow();
        faulty.tracker.start(new Checkout("order-1")).orElseThrow();
        faulty.store.sendTwice(delete);
        assertUnknown(
                () -> faulty.tracker.finishAndGet(Checkout.class, "order-1").isSuccess());

        faulty.tracker.start(new Checkout("order-1")).orElseThrow();
        faulty.store.sendTwice(delete);
        assertThat(faulty.tracker.finish(Checkout.class, "order-1").isSuccess()).isTrue();
    }

    @Test
    default void aRepeatedUpdateShouldSucceedUnderTheSameVersion() {
        Faulty faulty = new Faulty(this);
        Checkout checkout = faulty.tracker.start(new Checkout("order-1")).orElseThrow();
        checkout.setAddress("before");
        faulty.store.loseReplies(1);
        assertUnknown(() -> faulty.tracker.update(checkout).isSuccess());
        assertThat(checkout.getVersion()).isEqualTo(1);
        checkout.setAddress("after");

        faulty.tracker.update(checkout).orElseThrow();

        assertThat(checkout.getVersion()).isEqualTo(2);
        assertThat(faulty.stored()).returns("after", Checkout::getAddress).returns(2L, Checkout::getVersion);
        assertThat(faulty.tracker.update(checkout).orElseThrow().getVersion()).isEqualTo(3);
    }

    @Test
    default void anUpdateThatNeverArrivedShouldBeStoredWhenRepeated() {
        Faulty faulty = new Faulty(this);
        Checkout checkout = faulty.tracker.start(new Checkout("order-1")).orElseThrow();
        checkout.setAddress("after all");
        faulty.store.loseRequests(1);
        assertUnknown(() -> faulty.tracker.updateAndGet(checkout).isSuccess());

        assertThat(faulty.tracker.updateAndGet(checkout).orElseThrow().getVersion())
                .isEqualTo(2);
        assertThat(faulty.stored().getAddress()).isEqualTo("after all");
    }

    @Test
    default void aRepeatedUpdateShouldNotOverwriteALaterWrite() {
        Faulty faulty = new Faulty(this);
        Checkout checkout = faulty.tracker.start(new Checkout("order-1")).orElseThrow();
        checkout.setAddress("mine");
        faulty.store.loseReplies(1);
        assertUnknown(() -> faulty.tracker.update(checkout).isSuccess());
        faulty.tracker
                .modify(Checkout.class, "order-1", other -> other.setAddress("theirs"))
                .orElseThrow();

        assertThat(faulty.tracker.update(checkout).orElseThrow().getVersion())
                .as("it was stored")
                .isEqualTo(2);
        assertThat(faulty.stored().getAddress()).isEqualTo("theirs");
        assertThat(faulty.tracker.update(checkout).failure())
                .contains(new SessionError.VersionConflict("checkout", "order-1", 2, 3));
    }

    @Test
    default void aChangedRepeatedUpdateShouldBeRefusedAfterALaterWrite() {
        Faulty faulty = new Faulty(this);
        Checkout checkout = faulty.tracker.start(new Checkout("order-1")).orElseThrow();
        checkout.setAddress("mine");
        faulty.store.loseReplies(1);
        assertUnknown(() -> faulty.tracker.update(checkout).isSuccess());
        faulty.tracker
                .modify(Checkout.class, "order-1", other -> other.setAddress("theirs"))
                .orElseThrow();

        checkout.setAddress("mine as well");
        assertThat(faulty.tracker.update(checkout).failure())
                .contains(new SessionError.VersionConflict("checkout", "order-1", 1, 3));
        assertThat(faulty.stored().getAddress()).isEqualTo("theirs");
    }

    @Test
    default void anotherInstanceShouldNotPassForTheOneWhoseReplyWasLost() {
        Faulty faulty = new Faulty(this);
        Checkout mine = faulty.tracker.start(new Checkout("order-1")).orElseThrow();
        Checkout theirs = faulty.tracker.get(Checkout.class, "order-1").orElseThrow();
        faulty.store.loseReplies(1);
        assertUnknown(() -> faulty.tracker.update(mine).isSuccess());

        assertThat(faulty.tracker.update(theirs).failure())
                .contains(new SessionError.VersionConflict("checkout", "order-1", 1, 2));
    }

    @Test
    default void aRefusedStartShouldNotMakeAnInstanceForgetItsUpdate() {
        Faulty faulty = new Faulty(this);
        Checkout checkout = faulty.tracker.start(new Checkout("order-1")).orElseThrow();
        faulty.store.loseReplies(1);
        assertUnknown(() -> faulty.tracker.update(checkout).isSuccess());
        assertThat(faulty.tracker.start(checkout).failure()).containsInstanceOf(SessionError.InProgress.class);

        assertThat(faulty.tracker.update(checkout).orElseThrow().getVersion()).isEqualTo(2);
    }

    @Test
    default void aRefusedUpdateShouldNotMakeAnInstanceForgetItsStart() {
        Faulty faulty = new Faulty(this);
        Checkout checkout = faulty.tracker.start(new Checkout("order-1")).orElseThrow();
        faulty.tracker.finish(checkout).orElseThrow();
        faulty.store.loseReplies(1);
        assertUnknown(() -> faulty.tracker.start(checkout).isSuccess());
        assertThat(faulty.tracker.update(checkout).failure()).containsInstanceOf(SessionError.VersionConflict.class);

        faulty.tracker.start(checkout).orElseThrow();

        assertThat(faulty.stored()).isEqualTo(checkout);
    }

    @Test
    default void getLockedShouldLeaveNoLockBehindWhenTheStoreFails() {
        Faulty faulty = new Faulty(this);
        faulty.tracker.start(new Checkout("order-1")).orElseThrow();
        faulty.store.loseReplies(1);
        assertUnknown(() -> faulty.tracker.getLocked(Checkout.class, "order-1").isSuccess());

        try (var locked = faulty.tracker.getLocked(Checkout.class, "order-1").orElseThrow()) {
            assertThat(locked.lock().isAcquired()).isTrue();
        }
    }

    private static void assertUnknown(ThrowingCallable call) {
        assertThatExceptionOfType(SessionStoreException.class).isThrownBy(call);
    }

    /** A tracker whose way to the store can be cut. */
    final class Faulty {
        final FaultyDataProvider store;
        final SessionTracker tracker;

        Faulty(TrackerFixture fixture) {
            String namespace = fixture.namespace();
            store = new FaultyDataProvider(fixture.data(namespace));
            tracker = fixture.tracker(store, fixture.locks(namespace), SessionTypeSettings.BUILT_IN);
        }

        Checkout stored() {
            return tracker.peek(Checkout.class, "order-1").orElseThrow();
        }
    }
}
