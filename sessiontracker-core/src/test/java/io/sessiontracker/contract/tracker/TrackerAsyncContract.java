package io.sessiontracker.contract.tracker;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

import io.sessiontracker.AsyncSessionQuery;
import io.sessiontracker.AsyncSessionTracker;
import io.sessiontracker.LockOptions;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionResult;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.event.SessionUpdated;
import io.sessiontracker.reactive.ReactiveSessionTracker;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

/** What only callers that do not wait can see. */
interface TrackerAsyncContract extends TrackerFixture {

    LockOptions WAITING = LockOptions.waitFor(HOUR);
    LockOptions AT_ONCE = LockOptions.waitFor(Duration.ZERO);
    Duration SOON = Duration.ofMinutes(1);

    private ClosableSessionTracker whole() {
        String namespace = namespace();
        return builder(data(namespace), locks(namespace), KEPT).build();
    }

    @Test
    default void aWaiterThatIsCancelledShouldLeaveTheOthersAlone() {
        AsyncSessionTracker tracker = whole().async();
        var held = tracker.lock(Checkout.class, "order-1").join().orElseThrow();
        var cancelled = tracker.lock(Checkout.class, "order-1", WAITING);
        var other = tracker.lock(Checkout.class, "order-1", WAITING);

        cancelled.cancel(true);
        assertThat(other).isNotDone();
        held.release().join();

        assertThat(other).succeedsWithin(SOON);
        other.join().orElseThrow().release().join();
        // The one that was cancelled does not hold it.
        await().atMost(SOON).until(() -> isFree(tracker));
    }

    @Test
    default void aSubscriptionThatIsCancelledShouldWithdrawItsRequest() {
        ClosableSessionTracker whole = whole();
        ReactiveSessionTracker tracker = ReactiveSessionTracker.over(whole.async());
        whole.start(new Checkout("order-1")).orElseThrow();
        var held = tracker.lock(Checkout.class, "order-1").block().orElseThrow();
        Disposable cancelled =
                tracker.getLocked(Checkout.class, "order-1", WAITING).subscribe();
        var other = tracker.getLocked(Checkout.class, "order-1", WAITING).toFuture();

        cancelled.dispose();
        held.release().block();

        assertThat(other).succeedsWithin(SOON);
        other.join().orElseThrow().release().block();
        await().atMost(SOON).until(() -> isFree(whole.async()));
    }

    /** Whenever it is cancelled: before it has the lock, while the session is read, or after. */
    @Test
    default void anAbandonedRequestsLockShouldBeReleased() {
        ClosableSessionTracker whole = whole();
        AsyncSessionTracker tracker = whole.async();
        whole.start(new Checkout("order-1")).orElseThrow();

        for (int i = 0; i < 50; i++) {
            var locked = tracker.getLocked(Checkout.class, "order-1", WAITING);
            if (!locked.cancel(true)) {
                locked.join().orElseThrow().release().join();
            }
        }

        await().atMost(SOON).until(() -> isFree(tracker));
    }

    /** As an executor refuses tasks that is shut down, or whose queue is full. */
    @Test
    default void aLockThatNoWorkerCanHandOverShouldBeFreed() {
        String namespace = namespace();
        ClosableSessionTracker tracker = builder(data(namespace), locks(namespace), KEPT)
                .worker(task -> {
                    throw new RejectedExecutionException("full");
                })
                .build();
        tracker.start(new Checkout("order-1")).orElseThrow();

        assertThat(tracker.async().lock(Checkout.class, "order-1", WAITING))
                .failsWithin(SOON)
                .withThrowableThat()
                .withCauseInstanceOf(RejectedExecutionException.class);
        tracker.lock(Checkout.class, "order-1", WAITING).orElseThrow().close();
        assertThat(tracker.async().getLocked(Checkout.class, "order-1", WAITING))
                .failsWithin(SOON)
                .withThrowableThat()
                .withCauseInstanceOf(RejectedExecutionException.class);
        tracker.lock(Checkout.class, "order-1", WAITING).orElseThrow().close();
    }

    private static boolean isFree(AsyncSessionTracker tracker) {
        var lock = tracker.lock(Checkout.class, "order-1", AT_ONCE).join();
        lock.ifSuccess(taken -> taken.release().join());
        return lock.isSuccess();
    }

    /** One worker, which each listener keeps waiting for another answer of the same tracker. */
    @Test
    default void applicationCodeShouldRunInWorkersAndMayBlock() {
        ExecutorService worker = Executors.newSingleThreadExecutor(task -> new Thread(task, "the worker"));
        try {
            String namespace = namespace();
            Set<String> threads = ConcurrentHashMap.newKeySet();
            var reading = new SessionListener() {
                ClosableSessionTracker tracker = builder(data(namespace), locks(namespace), KEPT)
                        .worker(worker)
                        .listener(this)
                        .build();

                @Override
                public void onEvent(SessionEvent<?> event) {
                    if (event instanceof SessionUpdated<?>) {
                        threads.add(Thread.currentThread().getName());
                        assertThat(tracker.peek(Checkout.class, event.key()).isSuccess())
                                .isTrue();
                    }
                }
            };
            AsyncSessionTracker tracker = reading.tracker.async();
            var changed = tracker.start(new Checkout("order-1"))
                    .thenCompose(started -> tracker.modify(Checkout.class, "order-1", checkout -> {
                        threads.add(Thread.currentThread().getName());
                        checkout.setAddress("Main Street");
                    }));

            assertThat(changed).succeedsWithin(SOON);
            assertThat(threads).containsExactly("the worker");
        } finally {
            worker.shutdown();
        }
    }

    @Test
    default void aMisuseShouldBeThrownOrSignalled() {
        AsyncSessionTracker async = whole().async();
        ReactiveSessionTracker reactive = ReactiveSessionTracker.over(async);
        Checkout neverStarted = new Checkout("order-1");

        assertThatIllegalStateException().isThrownBy(() -> async.update(neverStarted));
        assertThatNullPointerException().isThrownBy(() -> async.start(neverStarted, null));
        assertThatIllegalStateException()
                .isThrownBy(() -> reactive.update(neverStarted).block());
        assertThat(async.get(Checkout.class, "order-1").join().failure())
                .containsInstanceOf(SessionError.NotFound.class);
    }

    @Test
    default void cancellingAFutureShouldNotCancelItsOperation() {
        AsyncSessionTracker tracker = whole().async();

        CompletableFuture<SessionResult<Checkout>> started = tracker.start(new Checkout("order-1"));
        started.cancel(true);

        await().atMost(SOON)
                .until(() -> tracker.get(Checkout.class, "order-1").join().isSuccess());
    }

    @Test
    default void nothingShouldHappenBeforeASubscription() {
        ReactiveSessionTracker tracker = ReactiveSessionTracker.over(whole().async());
        var start = tracker.start(new Checkout("order-1"));

        assertThat(tracker.get(Checkout.class, "order-1").block().isFailure()).isTrue();
        assertThat(start.block().isSuccess()).isTrue();
        assertThat(tracker.get(Checkout.class, "order-1").block().isSuccess()).isTrue();
    }

    @Test
    default void forEachShouldVisitEachOnceAndEndWithAnException() {
        ClosableSessionTracker whole = whole();
        Checkouts.starts(whole, "order", "acme", 20);
        AsyncSessionQuery<Checkout> query = whole.async().query(Checkout.class).pageSize(3);
        List<String> visited = new CopyOnWriteArrayList<>();
        List<String> some = new CopyOnWriteArrayList<>();
        CompletionException broken = new CompletionException("broken", new IllegalStateException("within"));

        query.forEach(checkout -> visited.add(checkout.getKey())).join();
        var failed = query.forEach(checkout -> {
            some.add(checkout.getKey());
            throw broken;
        });

        assertThat(visited).hasSize(20).doesNotHaveDuplicates();
        assertThat(failed.handle((nothing, failure) -> failure).join()).isSameAs(broken);
        assertThat(some).hasSize(1);
    }

    /** One worker, so that what would be read ahead is read by the time that it has done all the rest. */
    @Test
    default void aFluxShouldReadAPageWhenItIsRequested() {
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try {
            FaultyDataProvider store = new FaultyDataProvider(data(namespace()));
            ClosableSessionTracker whole =
                    builder(store, locks(namespace()), KEPT).worker(worker).build();
            Checkouts.starts(whole, "order", "acme", 20);
            List<Checkout> visited = new CopyOnWriteArrayList<>();
            int before = store.calls();
            ReactiveSessionTracker.over(whole.async()).query(Checkout.class).pageSize(1).stream()
                    .subscribe(new BaseSubscriber<>() {
                        @Override
                        protected void hookOnSubscribe(Subscription subscription) {
                            subscription.request(1);
                        }

                        @Override
                        protected void hookOnNext(Checkout checkout) {
                            visited.add(checkout);
                        }
                    });
            await().atMost(SOON).until(() -> visited.size() == 1);
            for (int i = 0; i < 200; i++) {
                var unused = whole.async().peek(Checkout.class, "order-1").join();
            }

            assertThat(visited).hasSize(1);
            assertThat(store.calls() - before - 200).isLessThan(10);
        } finally {
            worker.shutdown();
        }
    }
}
