package io.sessiontracker.redis.lock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.redis.client.LockAttempt;
import org.jspecify.annotations.Nullable;

/** This process's waiters for one lock, of which one at a time tries. Used by the one thread of {@link RedisLocks} only. */
final class RedisLockQueue {

    private final RedisLockQueues queues;
    private final RedisLocks locks;
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private boolean trying;
    private boolean wokenMeanwhile;
    private @Nullable Future<?> lockState;

    RedisLockQueue(RedisLockQueues queues, RedisLocks locks) {
        this.queues = queues;
        this.locks = locks;
    }

    private record Waiter(RedisLockAcquisition<?> request, Future<?> timeOut) {}

    boolean isEmpty() {
        return waiting.isEmpty() && !trying;
    }

    void join(RedisLockAcquisition<?> request, long left, boolean mayBeFree) {
        if (request.isSettled()) {
            return;
        }
        Future<?> timeOut = locks.later(() -> giveUp(request), request.remainingNanos(), TimeUnit.NANOSECONDS);
        waiting.addLast(new Waiter(request, timeOut));
        if (mayBeFree) {
            wake();
        } else if (lockState == null && !trying) {
            lookAgain(left);
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
        stopLookingIfEmpty(request);
    }

    private void giveUp(RedisLockAcquisition<?> request) {
        // One that is trying is answered when the try is.
        if (waiting.removeIf(waiter -> waiter.request() == request)) {
            request.refuse();
            stopLookingIfEmpty(request);
        }
    }

    private void stopLookingIfEmpty(RedisLockAcquisition<?> last) {
        if (waiting.isEmpty()) {
            stopLooking();
            queues.removeIfEmpty(last.name());
        }
    }

    /** The lock may be free: one waiter tries. */
    void wake() {
        stopLooking();
        if (trying) {
            wokenMeanwhile = true;
            return;
        }
        Waiter first = waiting.poll();
        if (first != null) {
            trying = true;
            wokenMeanwhile = false;
            boolean othersWait = !waiting.isEmpty();
            first.request()
                    .attempt(othersWait)
                    .whenComplete((outcome, failure) -> queues.tryExecute(() -> tried(first, othersWait, outcome)));
        }
    }

    private void tried(Waiter waiter, boolean othersWaited, @Nullable LockAttempt outcome) {
        trying = false;
        settle(waiter, outcome != null && outcome.isRefused());
        if (wokenMeanwhile || (outcome != null && isWorthATry(outcome, othersWaited))) {
            wake();
        } else if (!waiting.isEmpty()) {
            lookAgain(outcome != null && outcome.isRefused() ? outcome.left() : Long.MAX_VALUE);
        }
        queues.removeIfEmpty(waiter.request().name());
    }

    /** The lock of one who took it has no mark for those who came meanwhile; where there is no session it is free. */
    private static boolean isWorthATry(LockAttempt outcome, boolean othersWaited) {
        return outcome.taken() ? !othersWaited : !outcome.isRefused();
    }

    private void settle(Waiter waiter, boolean refused) {
        RedisLockAcquisition<?> request = waiter.request();
        if (!refused || request.isSettled()) {
            waiter.timeOut().cancel(false);
        } else if (request.isOver()) {
            request.refuse();
        } else {
            waiting.addFirst(waiter);
        }
    }

    /** A lock that ends without a release wakes nobody. */
    private void lookAgain(long left) {
        stopLooking();
        long atTheLatest = queues.lookAgainMillis(waiting.getFirst().request());
        long millis = left < 0 || left >= atTheLatest ? atTheLatest : left + 1;
        lockState = locks.later(this::wake, millis, TimeUnit.MILLISECONDS);
    }

    private void stopLooking() {
        if (lockState != null) {
            lockState.cancel(false);
            lockState = null;
        }
    }
}
