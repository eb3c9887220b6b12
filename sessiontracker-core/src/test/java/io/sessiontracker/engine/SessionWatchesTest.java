package io.sessiontracker.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.sessiontracker.Session;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.SessionWatch;
import io.sessiontracker.SessionWatcher;
import io.sessiontracker.cache.NearCacheMode;
import io.sessiontracker.cache.NearCacheSettings;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.event.SessionTrackerError;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.reactive.ReactiveSessionTracker;
import io.sessiontracker.spi.ForwardingDataProvider;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionAnnouncements;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

/** What watching costs, and how it ends. */
class SessionWatchesTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final InMemorySessionDataProvider memory = new InMemorySessionDataProvider();
    private final Announcing store = new Announcing();
    private final SessionTracker other =
            new SessionTrackerBuilder(memory, new InMemorySessionLockProvider(), new JacksonSessionCodec()).buildIdle();
    private final AtomicInteger lookups = new AtomicInteger();
    private final List<SessionTrackerError> errors = new CopyOnWriteArrayList<>();

    static final class Basket extends Session {
        public int items;

        Basket(String key) {
            super(key);
        }
    }

    /** A store that announces what a test says, and counts its reads. */
    private final class Announcing extends ForwardingDataProvider implements SessionAnnouncements {

        final AtomicInteger reads = new AtomicInteger();
        private final CompletableFuture<Listener> listener = new CompletableFuture<>();

        Announcing() {
            super(memory);
        }

        void announce(String key, long version) {
            StoreReply reply = memory.get(new SessionAddress("basket", key), false)
                    .toCompletableFuture()
                    .join();
            StoreReply.Done done = (StoreReply.Done) reply;
            assertThat(done.session().version().version()).isEqualTo(version);
            listener.join()
                    .changed(
                            new SessionAddress("basket", key),
                            done.session().version(),
                            done.session().write());
        }

        @Override
        public Optional<SessionAnnouncements> announcements() {
            return Optional.of(this);
        }

        @Override
        public CompletionStage<StoreReply> get(SessionAddress address, boolean touch) {
            reads.incrementAndGet();
            return super.get(address, touch);
        }

        @Override
        public CompletionStage<StoreReply> getIfChanged(
                SessionAddress address, SessionVersion known, OperationToken write, boolean touch) {
            reads.incrementAndGet();
            return super.getIfChanged(address, known, write, touch);
        }

        @Override
        public CompletionStage<CopyReply> read(
                SessionAddress address, @Nullable SessionVersion known, @Nullable OperationToken write, boolean touch) {
            return get(address, touch).thenApply(reply -> new CopyReply(reply, HOUR.toMillis(), HOUR.toMillis()));
        }

        @Override
        public Subscription subscribe(Duration heartbeat, Listener to) {
            listener.complete(to);
            return new Subscription() {
                @Override
                public long lagMillis(String type) {
                    lookups.incrementAndGet();
                    return 0;
                }

                @Override
                public void suspend() {}

                @Override
                public void resume() {}
            };
        }
    }

    private SessionTrackerBuilder builder(NearCacheMode mode, Duration interval) {
        SessionTypeSettings settings = SessionTypeSettings.BUILT_IN.withNearCache(NearCacheSettings.of(mode));
        return new SessionTrackerBuilder(store, new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(settings, Map.of()))
                .watchInterval(interval)
                .listener(new SessionListener() {
                    @Override
                    public void onEvent(SessionEvent<?> event) {}

                    @Override
                    public void onError(SessionTrackerError error) {
                        errors.add(error);
                    }
                });
    }

    private ClosableSessionTracker tracker(NearCacheMode mode, Duration interval) {
        return builder(mode, interval).buildIdle();
    }

    private void put(int items) {
        other.modifyOrStart(Basket.class, "b-1", () -> new Basket("b-1"), basket -> basket.items = items)
                .orElseThrow();
    }

    private static final class Recording implements SessionWatcher<Basket> {
        final List<Integer> items = new CopyOnWriteArrayList<>();
        final List<String> ends = new CopyOnWriteArrayList<>();

        @Override
        public void onChange(Basket session) {
            items.add(session.items);
        }

        @Override
        public void onEnd() {
            ends.add("end");
        }

        @Override
        public void onFailure(RuntimeException failure) {
            ends.add(failure.getClass().getSimpleName() + ": " + failure.getMessage());
        }
    }

    @Test
    void shouldReadOnceForAllWatchersOfAnAnnouncedChange() {
        SessionTracker tracker = tracker(NearCacheMode.LOCAL, HOUR);
        put(1);
        List<Recording> watchers = List.of(new Recording(), new Recording(), new Recording());
        for (Recording watcher : watchers) {
            var unused = tracker.watch(Basket.class, "b-1", watcher);
        }
        await().until(() -> watchers.stream().allMatch(watcher -> watcher.items.contains(1)));
        int before = store.reads.get();
        put(2);
        store.announce("b-1", 2);
        await().until(() -> watchers.stream().allMatch(watcher -> watcher.items.contains(2)));

        assertThat(store.reads).hasValue(before + 1);
    }

    @Test
    void shouldNotAskTheStoreWhileAnnouncementsArrive() {
        put(1);
        Recording watcher = new Recording();
        var unused = tracker(NearCacheMode.LOCAL, Duration.ofMillis(1)).watch(Basket.class, "b-1", watcher);
        await().until(() -> watcher.items.contains(1));
        int before = store.reads.get();
        int asked = lookups.get();
        await().until(() -> lookups.get() > asked + 20);

        assertThat(store.reads).hasValue(before);
    }

    @Test
    void shouldForgetWhatIsNotWatchedAnyMore() {
        SessionWatches watches = watches(Runnable::run);
        put(1);
        SessionWatch one = watch(watches, "b-1", basket -> {});
        SessionWatch two = watch(watches, "b-1", basket -> {});
        SessionWatch none = watch(watches, "none", basket -> {});

        assertThat(watches.size()).isEqualTo(1);
        one.close();
        assertThat(watches.size()).isEqualTo(1);
        two.close();
        two.close();
        none.close();
        assertThat(watches.size()).isZero();
    }

    @Test
    void shouldNotReadForAWatcherWhoseEndIsKnown() {
        SessionWatches watches = watches(never -> {});
        var unused = watch(watches, "none", basket -> {});

        assertThat(watches.size()).isZero();
    }

    @Test
    void shouldNotCallAClosedWatcher() {
        List<Runnable> tasks = new CopyOnWriteArrayList<>();
        Recording watcher = new Recording();
        put(1);
        SessionWatch watch = watch(watches(tasks::add), "b-1", watcher);
        watch.close();
        tasks.forEach(Runnable::run);

        assertThat(tasks).isNotEmpty();
        assertThat(watcher.items).isEmpty();
    }

    @Test
    void shouldEndWhereNoWorkerTakesItsCalls() {
        SessionWatches watches = watches(task -> {
            throw new RejectedExecutionException("full");
        });
        put(1);
        var unused = watch(watches, "b-1", basket -> {});

        assertThat(watches.size()).isZero();
    }

    private SessionWatches watches(Executor workers) {
        JacksonSessionCodec codec = new JacksonSessionCodec();
        SessionTypes types = new SessionTypes(SessionTrackerSettings.BUILT_IN, codec, List.of());
        StoreReplyMapper replies = new StoreReplyMapper(codec, CompositeInstrumentation.of(List.of()));
        SessionListeners listeners =
                new SessionListeners(types, SessionTrackerSettings.BUILT_IN, SweepSettings.BUILT_IN);
        SessionEvents events = new SessionEvents(replies, listeners, new CallerTransactions(memory));
        return new SessionWatches(replies, events, memory, workers, HOUR);
    }

    private static SessionWatch watch(SessionWatches watches, String key, SessionWatcher<Basket> watcher) {
        SessionTypeInfo<Basket> info =
                SessionTypeInfo.of(Basket.class, "basket", SessionTypeSettings.BUILT_IN, new JacksonSessionCodec());
        return watches.watch(info, info.address(key), watcher);
    }

    @Test
    void shouldFailWhenTheTrackerStops() {
        Recording watcher = new Recording();
        put(1);
        try (ClosableSessionTracker tracker = tracker(NearCacheMode.NONE, HOUR)) {
            var unused = tracker.watch(Basket.class, "b-1", watcher);
            await().until(() -> watcher.items.contains(1));
        }
        await().until(() -> !watcher.ends.isEmpty());

        assertThat(watcher.ends).containsExactly("CancellationException: The session tracker was stopped");
    }

    @Test
    void shouldFailAFluxWhenTheTrackerStops() {
        put(1);
        ClosableSessionTracker tracker = tracker(NearCacheMode.NONE, HOUR);
        CompletableFuture<Integer> first = new CompletableFuture<>();
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        var unused = ReactiveSessionTracker.over(tracker.async())
                .watch(Basket.class, "b-1")
                .subscribe(basket -> first.complete(basket.items), failure::complete);

        assertThat(first.join()).isEqualTo(1);
        tracker.close();
        assertThat(failure.join()).isInstanceOf(CancellationException.class);
    }

    @Test
    void shouldGoOnAfterAWatcherThatThrows() {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        try (ClosableSessionTracker tracker = tracker(NearCacheMode.NONE, Duration.ofMillis(10))) {
            put(1);
            var unused = tracker.watch(Basket.class, "b-1", basket -> {
                seen.add(basket.items);
                throw new IllegalStateException("broken");
            });
            await().until(() -> seen.contains(1));
            put(2);
            await().until(() -> seen.contains(2));
            await().until(() -> errors.size() == 2);
        }

        assertThat(errors).allSatisfy(error -> {
            assertThat(error.activity()).isEqualTo("The watcher of a session failed");
            assertThat(error.type()).isEqualTo("basket");
            assertThat(error.key()).isEqualTo("b-1");
            assertThat(error.cause()).hasMessage("broken");
        });
    }

    @Test
    void shouldRefuseWhatCannotBeWatched() {
        SessionTracker tracker = tracker(NearCacheMode.NONE, HOUR);

        assertThatNullPointerException().isThrownBy(() -> tracker.watch(Basket.class, "b-1", null));
        assertThatNullPointerException().isThrownBy(() -> tracker.watch(Basket.class, null, basket -> {}));
        assertThatNullPointerException().isThrownBy(() -> tracker.watch(null, "b-1", basket -> {}));
        assertThatIllegalArgumentException().isThrownBy(() -> tracker.watch(Basket.class, " ", basket -> {}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder(NearCacheMode.NONE, Duration.ZERO))
                .withMessage("The watch interval must be at least a millisecond; it is PT0S");
        assertThat(store.reads).hasValue(0);
    }
}
