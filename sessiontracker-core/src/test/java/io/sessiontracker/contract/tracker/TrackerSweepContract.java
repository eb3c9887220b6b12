package io.sessiontracker.contract.tracker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.contract.OwnThread;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SweepSettings;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.spi.SessionDataProvider;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The sweep that goes on in the background, and what several of them do together. */
interface TrackerSweepContract extends TrackerFixture {

    SweepSettings OFTEN = new SweepSettings(true, Duration.ofMillis(20), HOUR, 3, 5);

    private ClosableSessionTracker sweeping(SessionDataProvider data, SessionListener listener) {
        return builder(data, locks(namespace()), KEPT)
                .sweep(OFTEN)
                .types(List.of(Checkout.class))
                .listener(listener)
                .build();
    }

    private void startDue(SessionTracker tracker, String key) {
        tracker.start(new Checkout(key), SessionEntryOptions.absoluteAt(past())).orElseThrow();
    }

    @Test
    default void theBackgroundSweepShouldDeliverWithoutAnyCall() {
        String namespace = namespace();
        TrackerExpiryContract.Expiries recorder = new TrackerExpiryContract.Expiries();
        try (ClosableSessionTracker tracker = sweeping(data(namespace), recorder)) {
            startDue(tracker(namespace, KEPT), "order-1");
            await().until(() -> recorder.keys().equals(List.of("order-1")));
            startDue(tracker, "order-2");
            await().until(() -> recorder.keys().equals(List.of("order-1", "order-2")));
        }
    }

    @Test
    default void aSweepShouldGoOnUntilNothingIsDue() {
        TrackerExpiryContract.Expiries recorder = new TrackerExpiryContract.Expiries();
        SessionTracker tracker = builder(data(namespace()), locks(namespace()), KEPT)
                .sweep(new SweepSettings(false, HOUR, HOUR, 3, 5))
                .listener(recorder)
                .build();
        for (int i = 0; i < 10; i++) {
            startDue(tracker, "order-" + i);
        }

        assertThat(tracker.expireSessions()).isEqualTo(10);
        assertThat(recorder.events()).hasSize(10);
    }

    @Test
    default void severalProcessesShouldDeliverEachSessionOnce() {
        String namespace = namespace();
        List<TrackerExpiryContract.Expiries> recorder = new ArrayList<>();
        List<ClosableSessionTracker> trackers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            recorder.add(new TrackerExpiryContract.Expiries());
            trackers.add(sweeping(data(namespace), recorder.get(i)));
        }
        SessionTracker starter = tracker(namespace, KEPT);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            keys.add("order-" + i);
            startDue(starter, "order-" + i);
        }

        await().atMost(Duration.ofSeconds(60))
                .until(() -> recorder.stream().mapToInt(h -> h.events().size()).sum() >= 60);
        trackers.forEach(tracker -> assertThat(tracker.expireSessions()).isZero());
        trackers.forEach(ClosableSessionTracker::close);

        assertThat(recorder.stream().flatMap(h -> h.keys().stream())).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    default void nothingShouldGoOnOnceItIsClosed() {
        FaultyDataProvider store = new FaultyDataProvider(data(namespace()));
        TrackerExpiryContract.Expiries recorder = new TrackerExpiryContract.Expiries();
        ClosableSessionTracker tracker = sweeping(store, recorder);
        await().until(() -> store.calls() > 2);
        tracker.close();
        tracker.close();

        int calls = store.calls();
        await().during(Duration.ofMillis(200)).until(() -> store.calls() == calls);
        startDue(tracker, "order-1");
        assertThat(tracker.expireSessions()).isZero();
        tracker.startSweeping();
        await().until(() -> recorder.keys().equals(List.of("order-1")));
        tracker.close();
    }

    @Test
    default void closeShouldWaitForTheListenerThatIsRunning() {
        String namespace = namespace();
        CountDownLatch acknowledgeExpired = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> done = new CopyOnWriteArrayList<>();
        ClosableSessionTracker tracker = sweeping(data(namespace), new TrackerExpiryContract.Expiries() {
            @Override
            public void onEvent(SessionEvent<?> event) {
                acknowledgeExpired.countDown();
                try {
                    goOn.await();
                    done.add(event.key());
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        startDue(tracker, "order-1");
        await().until(() -> acknowledgeExpired.getCount() == 0);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(tracker::close, OwnThread::run);
        await().during(Duration.ofMillis(100)).until(() -> !closing.isDone());
        goOn.countDown();
        await().until(closing::isDone);

        assertThat(done).containsExactly("order-1");
        TrackerExpiryContract.Expiries next = new TrackerExpiryContract.Expiries();
        assertThat(tracker(namespace, KEPT, next).count(Checkout.class)).isZero();
        assertThat(builder(data(namespace), locks(namespace), KEPT)
                        .sweep(TrackerRedeliveryContract.IMPATIENT)
                        .types(List.of(Checkout.class))
                        .listener(next)
                        .build()
                        .expireSessions())
                .as("it was reported")
                .isZero();
    }

    @Test
    default void aFailedSweepShouldBeReportedAndFollowedByAnother() {
        FaultyDataProvider store = new FaultyDataProvider(data(namespace()));
        TrackerExpiryContract.Expiries recorder = new TrackerExpiryContract.Expiries();
        SessionTracker tracker = tracker(store, KEPT, recorder);
        startDue(tracker, "order-1");
        store.loseRequests(1);

        assertThat(tracker.expireSessions()).isZero();
        assertThat(recorder.errors()).singleElement().satisfies(error -> {
            assertThat(error.type()).isEqualTo("checkout");
            assertThat(error.key()).isNull();
            assertThat(error.cause()).isInstanceOf(SessionStoreException.class);
        });
        assertThat(tracker.expireSessions()).isEqualTo(1);
    }
}
