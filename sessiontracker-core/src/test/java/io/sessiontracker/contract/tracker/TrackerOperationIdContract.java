package io.sessiontracker.contract.tracker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.contract.OwnThread;
import io.sessiontracker.engine.SessionTypeSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** A change with an operation's id is made at most once. */
interface TrackerOperationIdContract extends TrackerFixture {

    @Test
    default void anOperationShouldBeAppliedOnce() {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1")).orElseThrow();

        assertThat(pay(tracker, "m-1").orElseThrow().getCount()).isEqualTo(1);
        assertThat(pay(tracker, "m-1").orElseThrow())
                .as("the present state")
                .returns(1, Checkout::getCount)
                .returns(2L, Checkout::getVersion);
        assertThat(pay(tracker, "m-2").orElseThrow().getCount()).isEqualTo(2);
        assertThat(pay(tracker, "m-1").orElseThrow().getCount()).isEqualTo(2);
        assertThat(stored(tracker)).returns(2, Checkout::getCount).returns(3L, Checkout::getVersion);
    }

    @Test
    default void anOperationShouldBeKnownToEveryProcess() {
        String namespace = namespace();
        SessionTracker one = tracker(namespace);
        SessionTracker other = tracker(namespace);
        one.start(new Checkout("order-1")).orElseThrow();
        pay(one, "m-1").orElseThrow();

        assertThat(pay(other, "m-1").orElseThrow().getCount()).isEqualTo(1);
    }

    @Test
    default void anOperationShouldStayKnownWhateverBecomesOfTheSession() {
        SessionTracker tracker = tracker();
        tracker.start(Checkouts.of("order-1", "acme")).orElseThrow();
        pay(tracker, "m-1").orElseThrow();
        Checkout read = tracker.get(Checkout.class, "order-1").orElseThrow();
        assertThat(read.getProperties()).as("the application's own").containsOnlyKeys("tenant");
        read.getProperties().clear();
        tracker.update(read).orElseThrow();
        tracker.finish(Checkout.class, "order-1").orElseThrow();
        tracker.resume(Checkout.class, "order-1").orElseThrow();
        tracker.modify(Checkout.class, "order-1", checkout -> checkout.setAddress("Side Street"))
                .orElseThrow();

        assertThat(pay(tracker, "m-1").orElseThrow().getCount()).isEqualTo(1);
        assertThat(stored(tracker).getProperties()).isEmpty();
    }

    @Test
    default void anOperationShouldBeForgottenWithItsSession() {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1")).orElseThrow();
        pay(tracker, "m-1").orElseThrow();
        tracker.delete(Checkout.class, "order-1").orElseThrow();
        tracker.start(new Checkout("order-1")).orElseThrow();

        assertThat(pay(tracker, "m-1").orElseThrow())
                .returns(1, Checkout::getCount)
                .returns(2L, Checkout::getVersion);
    }

    @Test
    default void anOperationShouldBeForgottenWhenItsInstanceStartsAnew() {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1")).orElseThrow();
        pay(tracker, "m-1").orElseThrow();
        Checkout finished = tracker.finishAndGet(Checkout.class, "order-1").orElseThrow();
        tracker.start(finished).orElseThrow();

        assertThat(pay(tracker, "m-1").orElseThrow().getCount()).isEqualTo(2);
    }

    @Test
    default void theLastOperationsShouldBeRemembered() {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1")).orElseThrow();
        for (int i = 0; i < 65; i++) {
            pay(tracker, "m-" + i).orElseThrow();
        }

        assertThat(pay(tracker, "m-1").orElseThrow().getCount()).isEqualTo(65);
        assertThat(pay(tracker, "m-64").orElseThrow().getCount()).isEqualTo(65);
        assertThat(pay(tracker, "m-0").orElseThrow().getCount())
                .as("64 others were applied since")
                .isEqualTo(66);
    }

    @Test
    default void anOperationWhoseReplyWasLostShouldBeAppliedOnce() {
        String namespace = namespace();
        FaultyDataProvider store = new FaultyDataProvider(data(namespace));
        SessionTracker tracker = tracker(store, locks(namespace), SessionTypeSettings.BUILT_IN);
        tracker.start(new Checkout("order-1")).orElseThrow();
        assertThatExceptionOfType(SessionStoreException.class)
                .isThrownBy(() -> tracker.modify(Checkout.class, "order-1", "m-1", checkout -> {
                            checkout.setCount(checkout.getCount() + 1);
                            store.loseReplies(1);
                        })
                        .isSuccess());

        assertThat(pay(tracker, "m-1").orElseThrow().getCount()).isEqualTo(1);
        assertThat(stored(tracker).getVersion()).isEqualTo(2);
    }

    @Test
    default void concurrentRepetitionsShouldBeAppliedOnce() {
        String namespace = namespace();
        List<SessionTracker> processes = List.of(tracker(namespace), tracker(namespace));
        processes.get(0).start(new Checkout("order-1")).orElseThrow();
        List<CompletableFuture<Checkout>> calls = new ArrayList<>();
        IntStream.range(0, 24)
                .forEach(i -> calls.add(CompletableFuture.supplyAsync(
                        () -> pay(processes.get(i % 2), "m-" + i % 3).orElseThrow(), OwnThread::run)));
        calls.forEach(CompletableFuture::join);

        assertThat(stored(processes.get(0)).getCount()).isEqualTo(3);
    }

    @Test
    default void anOperationShouldStartASessionOnce() {
        SessionTracker tracker = tracker();

        assertThat(payOrStart(tracker, "m-1").orElseThrow()).returns(1, Checkout::getCount);
        assertThat(payOrStart(tracker, "m-1").orElseThrow())
                .returns(1, Checkout::getCount)
                .returns(1L, Checkout::getVersion);
        assertThat(payOrStart(tracker, "m-2").orElseThrow()).returns(2, Checkout::getCount);
        assertThat(pay(tracker, "m-1").orElseThrow()).returns(2, Checkout::getCount);
    }

    @Test
    default void aBlankOperationIdShouldBeRefused() {
        SessionTracker tracker = tracker();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> pay(tracker, " ").isSuccess())
                .withMessageContaining("blank");
    }

    private static SessionResult<Checkout> pay(SessionTracker tracker, String messageId) {
        return tracker.modify(
                Checkout.class, "order-1", messageId, checkout -> checkout.setCount(checkout.getCount() + 1));
    }

    private static SessionResult<Checkout> payOrStart(SessionTracker tracker, String messageId) {
        return tracker.modifyOrStart(
                Checkout.class,
                "order-1",
                messageId,
                () -> new Checkout("order-1"),
                checkout -> checkout.setCount(checkout.getCount() + 1));
    }

    private static Checkout stored(SessionTracker tracker) {
        return tracker.peek(Checkout.class, "order-1").orElseThrow();
    }
}
