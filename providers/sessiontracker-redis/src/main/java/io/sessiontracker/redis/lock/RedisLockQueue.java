package io.sessiontracker.redis.lock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.redis.script.LockAttempt;
import org.jspecify.annotations.Nullable;

/** This process's waiters for one lock; one at a time attempts to acquire it. Used by the one thread of {@link RedisLocks} only. */
final class RedisLockQueue {

    private final RedisLockQueues queues;
    private final RedisLocks locks;
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private boolean attempting;
    private boolean wokenDuringAttempt;
    private @Nullable Future<?> retry;

    RedisLockQueue(RedisLockQueues queues, RedisLocks locks) {
        this.queues = queues;
        this.locks = locks;
    }

    private record Waiter(RedisLockAcquisition<?> request, Future<?> timeOut) {}

    boolean isEmpty() {
        return waiting.isEmpty() && !attempting;
    }

    void join(RedisLockAcquisition<?> request, long left, boolean mayBeFree) {
        if (request.isComplete()) {
            return;
        }
        Future<?> timeOut = locks.later(() -> giveUp(request), request.remainingNanos(), TimeUnit.NANOSECONDS);
        waiting.addLast(new Waiter(request, timeOut));
        if (mayBeFree) {
            wake();
        } else if (retry == null && !attempting) {
            retryLater(left);
        }
    }

    /** The request was cancelled. */
    void leave(RedisLockAcquisition<?> request) {
        for (Waiter waiter : List.copyOf(waiting)) {
            if (waiter.request() == request) {
                waiter.timeOut().cancel(false);
                waiting.remove(waiter);
            }
        }
        stopRetryIfEmpty(request);
    }

    private void giveUp(RedisLockAcquisition<?> request) {
        // A waiter whose attempt is in flight is answered with it.
        if (waiting.removeIf(waiter -> waiter.request() == request)) {
            request.refuse();
            stopRetryIfEmpty(request);
        }
    }

    private void stopRetryIfEmpty(RedisLockAcquisition<?> last) {
        if (waiting.isEmpty()) {
            stopRetry();
            queues.removeIfEmpty(last.name());
        }
    }

    /** Lets one waiter attempt to acquire the lock, which may be free. */
    void wake() {
        stopRetry();
        if (attempting) {
            wokenDuringAttempt = true;
            return;
        }
        Waiter first = waiting.poll();
        if (first != null) {
            attempting = true;
            wokenDuringAttempt = false;
            boolean othersWait = !waiting.isEmpty();
            first.request()
                    .attempt(othersWait)
                    .whenComplete((outcome, failure) -> queues.tryExecute(() -> tried(first, othersWait, outcome)));
        }
    }

    private void tried(Waiter waiter, boolean othersWaited, @Nullable LockAttempt outcome) {
        attempting = false;
        settle(waiter, outcome != null && outcome.isRefused());
        if (wokenDuringAttempt || (outcome != null && isWorthAnAttempt(outcome, othersWaited))) {
            wake();
        } else if (!waiting.isEmpty()) {
            retryLater(outcome != null && outcome.isRefused() ? outcome.left() : Long.MAX_VALUE);
        }
        queues.removeIfEmpty(waiter.request().name());
    }

    /** A lock that was just acquired is not marked for waiters that came meanwhile; if there is no session, it is free. */
    private static boolean isWorthAnAttempt(LockAttempt outcome, boolean othersWaited) {
        return outcome.taken() ? !othersWaited : !outcome.isRefused();
    }

    private void settle(Waiter waiter, boolean refused) {
        RedisLockAcquisition<?> request = waiter.request();
        if (!refused || request.isComplete()) {
            waiter.timeOut().cancel(false);
        } else if (request.isOver()) {
            request.refuse();
        } else {
            waiting.addFirst(waiter);
        }
    }

    /** Schedules the next attempt, as a lock that ends without a release wakes no waiter. */
    private void retryLater(long left) {
        stopRetry();
        long latest = queues.retryMillis(waiting.getFirst().request());
        long millis = left < 0 || left >= latest ? latest : left + 1;
        retry = locks.later(this::wake, millis, TimeUnit.MILLISECONDS);
    }

    private void stopRetry() {
        if (retry != null) {
            retry.cancel(false);
            retry = null;
        }
    }
}
