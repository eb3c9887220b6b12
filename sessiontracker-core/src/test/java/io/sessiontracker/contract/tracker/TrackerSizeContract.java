package io.sessiontracker.contract.tracker;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.sessiontracker.SessionTooLargeException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.spi.SessionDataProvider;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A type's sessions may be limited in size. */
interface TrackerSizeContract extends TrackerFixture {

    SessionTypeSettings SMALL = SessionTypeSettings.BUILT_IN.withMaxSize(500);
    String LARGE = "x".repeat(500);

    @Test
    default void aWriteOfTooLargeASessionShouldBeRefused() {
        SessionTracker tracker = tracker(SMALL);
        tracker.start(Checkout.at("order-1", "short")).orElseThrow();
        Checkout read = tracker.get(Checkout.class, "order-1").orElseThrow();
        read.setAddress(LARGE);
        List<ThrowingCallable> writes = List.of(
                () -> tracker.start(Checkout.at("order-2", LARGE)).isSuccess(),
                () -> tracker.getOrStart(Checkout.class, "order-2", () -> Checkout.at("order-2", LARGE))
                        .isSuccess(),
                () -> tracker.update(read).isSuccess(),
                () -> tracker.updateAndGet(read).isSuccess(),
                () -> tracker.modify(Checkout.class, "order-1", checkout -> checkout.setAddress(LARGE))
                        .isSuccess(),
                () -> tracker.modifyOrStart(
                                Checkout.class,
                                "order-2",
                                () -> new Checkout("order-2"),
                                checkout -> checkout.setAddress(LARGE))
                        .isSuccess());

        for (ThrowingCallable write : writes) {
            assertThatExceptionOfType(SessionTooLargeException.class)
                    .isThrownBy(write)
                    .withMessageMatching(
                            "The state of checkout/order-[12] takes 5\\d\\d bytes; session-tracker.types.checkout.max-size allows 500. Keep less in the session")
                    .satisfies(refused -> assertThat(refused.size()).isBetween(501, 599))
                    .satisfies(refused -> assertThat(refused.limit()).isEqualTo(500));
        }
        assertThat(tracker.peek(Checkout.class, "order-2").isFailure()).isTrue();
        Checkout stored = tracker.peek(Checkout.class, "order-1").orElseThrow();
        assertThat(stored.getAddress()).isEqualTo("short");
        assertThat(stored.getVersion()).isEqualTo(1);
        read.setAddress("still short");
        assertThat(tracker.update(read).isSuccess()).isTrue();
    }

    @Test
    default void aLargeSessionFromBeforeShouldLive() {
        SessionDataProvider data = data(namespace());
        tracker(data, SessionTypeSettings.BUILT_IN)
                .start(Checkout.at("order-1", LARGE))
                .orElseThrow();
        SessionTracker tracker = tracker(data, SMALL);

        tracker.finish(tracker.get(Checkout.class, "order-1").orElseThrow()).orElseThrow();
        tracker.resume(Checkout.class, "order-1").orElseThrow();
        tracker.modify(Checkout.class, "order-1", checkout -> checkout.setAddress("short"))
                .orElseThrow();
        assertThat(tracker.finishAndGet(Checkout.class, "order-1").orElseThrow().getAddress())
                .isEqualTo("short");
        assertThat(tracker.delete(Checkout.class, "order-1").isSuccess()).isTrue();
    }

    @Test
    default void oneTooLargeOfManyChangesShouldFailAlone() throws Exception {
        SessionTracker tracker = tracker(SMALL);
        tracker.start(Checkout.at("order-1", "short")).orElseThrow();

        List<Callable<Boolean>> changes = IntStream.range(0, 40)
                .<Callable<Boolean>>mapToObj(i -> () -> tracker.modify(
                                Checkout.class,
                                "order-1",
                                i % 8 == 0
                                        ? checkout -> checkout.setAddress(LARGE)
                                        : checkout -> checkout.setCount(checkout.getCount() + 1))
                        .isSuccess())
                .toList();
        ExecutorService callers = Executors.newFixedThreadPool(20);
        List<Future<Boolean>> made = callers.invokeAll(changes);
        callers.shutdown();

        for (int i = 0; i < made.size(); i++) {
            Future<Boolean> change = made.get(i);
            if (i % 8 == 0) {
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(change::get)
                        .withCauseInstanceOf(SessionTooLargeException.class);
            } else {
                assertThat(change.get()).isTrue();
            }
        }
        assertThat(tracker.peek(Checkout.class, "order-1").orElseThrow())
                .satisfies(checkout -> assertThat(checkout.getCount()).isEqualTo(35))
                .satisfies(checkout -> assertThat(checkout.getAddress()).isEqualTo("short"));
    }
}
