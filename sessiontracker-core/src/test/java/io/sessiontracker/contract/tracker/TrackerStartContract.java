package io.sessiontracker.contract.tracker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.contract.OwnThread;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

interface TrackerStartContract extends TrackerFixture {

    @Test
    default void startShouldReturnTheInstanceWithIdVersionAndStoreTime() {
        Checkout checkout = Checkout.at("order-1", "Main Street");

        Checkout started = tracker().start(checkout).orElseThrow();

        assertThat(started).isSameAs(checkout);
        assertThat(started.getId()).isNotEmpty();
        assertThat(started.getVersion()).isEqualTo(1);
        assertThat(started.getStartedAt().toEpochMilli()).isCloseTo(storeTime(), within(60_000L));
    }

    @Test
    default void startShouldStoreStateAndProperties() {
        SessionTracker tracker = tracker();
        Checkout checkout = Checkout.at("order-1", "Main Street");
        checkout.getProperties().put("tenant", "acmé");
        tracker.start(checkout).orElseThrow();

        Checkout read = tracker.get(Checkout.class, "order-1").orElseThrow();

        assertThat(read).isNotSameAs(checkout).isEqualTo(checkout);
        assertThat(read.getAddress()).isEqualTo("Main Street");
        assertThat(read.getProperties()).containsExactlyEntriesOf(checkout.getProperties());
        assertThat(read.getVersion()).isEqualTo(1);
        assertThat(read.getStartedAt()).isEqualTo(checkout.getStartedAt());
    }

    @Test
    default void startShouldReturnTheSessionThatRunsAlready() {
        SessionTracker tracker = tracker();
        Checkout first = tracker.start(Checkout.at("order-1", "Main Street")).orElseThrow();
        Checkout second = Checkout.at("order-1", "Side Street");

        SessionError error = tracker.start(second).failure().orElseThrow();

        assertThat(error).isInstanceOfSatisfying(SessionError.InProgress.class, inProgress -> {
            assertThat(inProgress.existing(Checkout.class)).isEqualTo(first);
            assertThat(inProgress.existing(Checkout.class).getAddress()).isEqualTo("Main Street");
            assertThat(inProgress.existing().getVersion()).isEqualTo(1);
        });
        assertThat(second.getId()).isEmpty();
        assertThat(second.getVersion()).isZero();
        assertThat(tracker.peek(Checkout.class, "order-1").orElseThrow().getAddress())
                .isEqualTo("Main Street");
    }

    @Test
    default void aSecondStartOfAnUnchangedInstanceShouldStoreItsPresentState() {
        SessionTracker tracker = tracker();
        Checkout checkout = tracker.start(Checkout.at("order-1", "Main Street")).orElseThrow();
        String id = checkout.getId();
        Instant startedAt = checkout.getStartedAt();
        checkout.setAddress("Side Street");

        tracker.start(checkout).orElseThrow();

        assertThat(checkout.getId()).isEqualTo(id);
        assertThat(checkout.getVersion()).isEqualTo(1);
        assertThat(checkout.getStartedAt()).isEqualTo(startedAt);
        Checkout stored = tracker.peek(Checkout.class, "order-1").orElseThrow();
        assertThat(stored).isEqualTo(checkout);
        assertThat(stored.getAddress()).isEqualTo("Side Street");
    }

    @Test
    default void aSecondStartShouldNotOverwriteALaterChange() {
        SessionTracker tracker = tracker();
        Checkout checkout = tracker.start(Checkout.at("order-1", "Main Street")).orElseThrow();
        tracker.modify(Checkout.class, "order-1", other -> other.setAddress("Theirs"))
                .orElseThrow();
        checkout.setAddress("Mine");

        assertThat(tracker.start(checkout).failure()).containsInstanceOf(SessionError.InProgress.class);
        assertThat(tracker.peek(Checkout.class, "order-1").orElseThrow().getAddress())
                .isEqualTo("Theirs");
    }

    @Test
    default void startShouldGiveAnotherIdToEachStartUnderAKey() {
        SessionTracker tracker = tracker();
        Checkout checkout = tracker.start(new Checkout("order-1")).orElseThrow();
        String first = checkout.getId();
        tracker.finish(checkout).orElseThrow();

        tracker.start(checkout).orElseThrow();

        assertThat(checkout.getId()).isNotEmpty().isNotEqualTo(first);
        assertThat(tracker.getFinished(Checkout.class, "order-1").orElseThrow().getId())
                .isEqualTo(first);
    }

    @Test
    default void exactlyOneOfManyStartsShouldSucceed() {
        SessionTracker tracker = tracker();
        List<CompletableFuture<Boolean>> starts = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Checkout checkout = Checkout.at("order-1", "Street " + i);
            starts.add(
                    CompletableFuture.supplyAsync(() -> tracker.start(checkout).isSuccess(), OwnThread::run));
        }

        assertThat(starts.stream().filter(CompletableFuture::join)).hasSize(1);
    }

    @Test
    default void startAtAMomentThatHasPassedShouldSucceedAndBeDueAtOnce() {
        SessionTracker tracker = tracker();

        Checkout due = tracker.start(new Checkout("order-1"), SessionEntryOptions.absoluteAt(past()))
                .orElseThrow();

        assertThat(due.getVersion()).isEqualTo(1);
        assertThat(tracker.get(Checkout.class, "order-1").failure())
                .contains(new SessionError.NotFound("checkout", "order-1"));
        assertThat(tracker.start(new Checkout("order-1")).isSuccess()).isTrue();
    }

    @Test
    default void theTypeShouldBeTheRuntimeClassAlsoOfASupertype() {
        SessionTracker tracker = tracker();
        io.sessiontracker.Session session = Checkout.at("order-1", "Main Street");

        io.sessiontracker.Session started = tracker.start(session).orElseThrow();

        assertThat(started).isSameAs(session);
        assertThat(tracker.get(Checkout.class, "order-1").orElseThrow().getAddress())
                .isEqualTo("Main Street");

        Checkout express = new ExpressCheckout("order-2");
        tracker.start(express).orElseThrow();

        assertThat(tracker.get(ExpressCheckout.class, "order-2").orElseThrow()).isEqualTo(express);
        assertThat(tracker.get(Checkout.class, "order-2").failure())
                .contains(new SessionError.NotFound("checkout", "order-2"));
    }

    /** A type of its own, whatever it extends. */
    class ExpressCheckout extends Checkout {
        ExpressCheckout(String key) {
            super(key);
        }
    }
}
