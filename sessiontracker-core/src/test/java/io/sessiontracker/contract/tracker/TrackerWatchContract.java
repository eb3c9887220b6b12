package io.sessiontracker.contract.tracker;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.sessiontracker.SessionCodecException;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.SessionWatch;
import io.sessiontracker.SessionWatcher;
import io.sessiontracker.engine.SessionTypeSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/** A watcher sees the latest state of a session, whoever changes it, until the session ends. */
interface TrackerWatchContract extends TrackerFixture {

    private SessionTracker watching(String namespace) {
        return tracker(data(namespace), SessionTypeSettings.BUILT_IN);
    }

    private static void move(SessionTracker tracker, String address) {
        tracker.modify(Checkout.class, "order-1", checkout -> checkout.setAddress(address))
                .orElseThrow();
    }

    @Test
    default void aWatcherShouldSeeTheStateAndItsChanges() {
        String namespace = namespace();
        SessionTracker tracker = watching(namespace);
        SessionTracker other = tracker(namespace);
        RecordingWatcher watcher = new RecordingWatcher();
        tracker.start(Checkout.at("order-1", "first")).orElseThrow();
        try (SessionWatch watch = tracker.watch(Checkout.class, "order-1", watcher)) {
            await().until(() -> watcher.hasSeen("first"));
            move(tracker, "own");
            await().until(() -> watcher.hasSeen("own"));
            move(other, "other's");
            await().until(() -> watcher.hasSeen("other's"));
        }

        assertThat(watcher.states()).extracting(Checkout::getAddress).containsExactly("first", "own", "other's");
        assertThat(watcher.states()).extracting(Checkout::getVersion).containsExactly(1L, 2L, 3L);
        assertThat(watcher.states().get(2))
                .isEqualTo(tracker.peek(Checkout.class, "order-1").orElseThrow());
        assertThat(watcher.hasEnded()).isFalse();
    }

    @Test
    default void aWatchShouldEndWithItsSession() {
        List<Consumer<SessionTracker>> endings = List.of(
                tracker -> tracker.finish(Checkout.class, "order-1").orElseThrow(),
                tracker -> tracker.delete(Checkout.class, "order-1").orElseThrow(),
                tracker -> tracker.expire(
                                Checkout.class, "order-1", SessionEntryOptions.absolute(Duration.ofMillis(50)))
                        .orElseThrow());
        for (Consumer<SessionTracker> end : endings) {
            String namespace = namespace();
            SessionTracker tracker = watching(namespace);
            RecordingWatcher watcher = new RecordingWatcher();
            tracker.start(new Checkout("order-1")).orElseThrow();
            try (SessionWatch watch = tracker.watch(Checkout.class, "order-1", watcher)) {
                await().until(() -> !watcher.states().isEmpty());
                end.accept(tracker(namespace));
                await().until(watcher::hasEnded);
            }

            assertThat(watcher.ends()).isEqualTo(1);
            assertThat(watcher.failures()).isEmpty();
        }
    }

    @Test
    default void aWatchOfNothingShouldEndAtOnce() {
        RecordingWatcher watcher = new RecordingWatcher();
        try (SessionWatch watch = watching(namespace()).watch(Checkout.class, "order-1", watcher)) {
            await().until(watcher::hasEnded);
        }

        assertThat(watcher.states()).isEmpty();
    }

    @Test
    default void aNewStartShouldBeAChange() {
        SessionTracker tracker = watching(namespace());
        RecordingWatcher watcher = new RecordingWatcher();
        tracker.start(Checkout.at("order-1", "first")).orElseThrow();
        try (SessionWatch watch = tracker.watch(Checkout.class, "order-1", watcher)) {
            await().until(() -> watcher.hasSeen("first"));
            tracker.delete(Checkout.class, "order-1").orElseThrow();
            tracker.start(Checkout.at("order-1", "second")).orElseThrow();
            await().until(() -> watcher.hasSeen("second") || watcher.hasEnded());
        }
    }

    @Test
    default void watchingShouldNotProlongASession() {
        SessionTracker tracker = watching(namespace());
        RecordingWatcher watcher = new RecordingWatcher();
        tracker.start(new Checkout("order-1"), SessionEntryOptions.sliding(HOUR))
                .orElseThrow();
        Instant before = tracker.expiresAt(Checkout.class, "order-1").orElseThrow();
        long later = storeTime() + 50;
        await().until(() -> storeTime() > later);
        try (SessionWatch watch = tracker.watch(Checkout.class, "order-1", watcher)) {
            await().until(() -> !watcher.states().isEmpty());
        }

        // Redis says how long a key has to live, in whole milliseconds.
        assertThat(tracker.expiresAt(Checkout.class, "order-1").orElseThrow())
                .isCloseTo(before, within(10, ChronoUnit.MILLIS));
    }

    @Test
    default void eachWatcherShouldHaveInstancesOfItsOwn() {
        SessionTracker tracker = watching(namespace());
        RecordingWatcher one = new RecordingWatcher();
        RecordingWatcher other = new RecordingWatcher();
        tracker.start(Checkout.at("order-1", "first")).orElseThrow();
        try (SessionWatch watch = tracker.watch(Checkout.class, "order-1", one);
                SessionWatch otherWatch = tracker.watch(Checkout.class, "order-1", other)) {
            await().until(() -> one.hasSeen("first") && other.hasSeen("first"));
            one.states().get(0).setAddress("not stored");
            move(tracker, "second");
            await().until(() -> one.hasSeen("second") && other.hasSeen("second"));
        }

        assertThat(other.states()).extracting(Checkout::getAddress).containsExactly("first", "second");
    }

    @Test
    default void aClosedWatchShouldNotBeCalled() {
        SessionTracker tracker = watching(namespace());
        RecordingWatcher closed = new RecordingWatcher();
        RecordingWatcher open = new RecordingWatcher();
        tracker.start(Checkout.at("order-1", "first")).orElseThrow();
        try (SessionWatch watch = tracker.watch(Checkout.class, "order-1", open)) {
            SessionWatch closing = tracker.watch(Checkout.class, "order-1", closed);
            await().until(() -> closed.hasSeen("first"));
            closing.close();
            closing.close();
            move(tracker, "second");
            await().until(() -> open.hasSeen("second"));
            tracker.delete(Checkout.class, "order-1").orElseThrow();
            await().until(open::hasEnded);
        }

        assertThat(closed.states()).extracting(Checkout::getAddress).containsExactly("first");
        assertThat(closed.hasEnded()).isFalse();
    }

    @Test
    default void aSlowWatcherShouldSeeTheLatestState() {
        SessionTracker tracker = watching(namespace());
        RecordingWatcher quick = new RecordingWatcher();
        CompletableFuture<Boolean> gate = new CompletableFuture<>();
        List<Integer> counts = new CopyOnWriteArrayList<>();
        SessionWatcher<Checkout> slow = checkout -> {
            counts.add(checkout.getCount());
            gate.join();
        };
        tracker.start(Checkout.at("order-1", "0")).orElseThrow();
        try (SessionWatch watch = tracker.watch(Checkout.class, "order-1", quick);
                SessionWatch slowWatch = tracker.watch(Checkout.class, "order-1", slow)) {
            await().until(() -> !counts.isEmpty());
            for (int i = 1; i <= 5; i++) {
                int count = i;
                tracker.modify(Checkout.class, "order-1", checkout -> {
                            checkout.setCount(count);
                            checkout.setAddress("" + count);
                        })
                        .orElseThrow();
                await().until(() -> quick.hasSeen("" + count));
            }
            gate.complete(true);
            await().until(() -> counts.contains(5));
        }

        assertThat(counts).containsExactly(0, 5);
    }

    @Test
    default void aStateThatCannotBeReadShouldFailTheWatch() {
        String namespace = namespace();
        tracker(namespace).start(Checkout.at("order-1", "Main Street")).orElseThrow();
        CompletableFuture<RuntimeException> failed = new CompletableFuture<>();
        SessionWatcher<TrackerUnreadableContract.Numbered> watcher = new SessionWatcher<>() {
            @Override
            public void onChange(TrackerUnreadableContract.Numbered session) {
                failed.complete(new IllegalStateException("It was read"));
            }

            @Override
            public void onFailure(RuntimeException failure) {
                failed.complete(failure);
            }
        };
        try (SessionWatch watch =
                watching(namespace).watch(TrackerUnreadableContract.Numbered.class, "order-1", watcher)) {
            assertThat(failed.join())
                    .isInstanceOf(SessionCodecException.class)
                    .hasMessageContaining("checkout/order-1");
        }
    }

    @Test
    default void aWatchShouldGoOnOnceTheStoreAnswersAgain() {
        String namespace = namespace();
        FaultyDataProvider store = new FaultyDataProvider(data(namespace));
        SessionTracker tracker = tracker(store, SessionTypeSettings.BUILT_IN);
        RecordingWatcher watcher = new RecordingWatcher();
        tracker(namespace).start(Checkout.at("order-1", "first")).orElseThrow();
        store.loseRequests(2);
        try (SessionWatch watch = tracker.watch(Checkout.class, "order-1", watcher)) {
            await().until(() -> watcher.hasSeen("first"));
            store.loseReplies(2);
            move(tracker(namespace), "second");
            await().until(() -> watcher.hasSeen("second"));
        }

        assertThat(watcher.failures()).isEmpty();
        assertThat(watcher.states()).extracting(Checkout::getAddress).containsExactly("first", "second");
    }
}
