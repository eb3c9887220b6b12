package io.sessiontracker.redis.lock;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;

import io.sessiontracker.spi.support.Durations;

/**
 * This process's waiters, by the lock that they wait for. Only the one thread of {@link RedisLocks} sees the queues, so nothing
 * here is locked; what comes from elsewhere is handed to it.
 */
final class RedisLockQueues {

    private static final int STRIPES = 256;

    private final RedisLocks locks;
    private final LockReleaseSubscription wakeUps;
    private final long lookAgainMillis;
    private final Map<String, RedisLockQueue> queues = new HashMap<>();
    private final AtomicIntegerArray woken = new AtomicIntegerArray(STRIPES);

    /**
     * Queues that are told by those wake-ups.
     *
     * @param lookAgainMillis after that time without one a waiter looks by itself
     */
    RedisLockQueues(RedisLocks locks, LockReleaseSubscription wakeUps, long lookAgainMillis) {
        this.locks = locks;
        this.wakeUps = wakeUps;
        this.lookAgainMillis = lookAgainMillis;
    }

    /** Changes when the lock is told to be free, and when that begins to be told. Locks may share it, which costs a try. */
    long wakeUps(String name) {
        return (long) wakeUps.beginnings() + woken.get(stripe(name));
    }

    private static int stripe(String name) {
        return Math.floorMod(name.hashCode(), STRIPES);
    }

    /**
     * Lets a request wait that was refused.
     *
     * @param left milliseconds of the holder's lease
     * @param wakeUpsBefore what {@link #wakeUps} was before its try: if it has changed, the lock may have come free since
     */
    void join(RedisLockAcquisition<?> request, long left, long wakeUpsBefore) {
        String name = request.name();
        try {
            locks.execute(() -> {
                wakeUps.ensure(this);
                boolean mayBeFree = wakeUps(name) != wakeUpsBefore;
                queues.computeIfAbsent(name, any -> new RedisLockQueue(this, locks))
                        .join(request, left, mayBeFree);
                removeIfEmpty(name);
            });
            request.onCancel(() -> inQueue(name, queue -> queue.leave(request)));
        } catch (RejectedExecutionException e) {
            request.failClosed();
        }
    }

    /** The lock came free. */
    void wake(String name) {
        woken.incrementAndGet(stripe(name));
        inQueue(name, RedisLockQueue::wake);
    }

    /** Wake-ups come from now on; whatever was told before, nobody heard. */
    void wakeAll() {
        tryExecute(() -> List.copyOf(queues.values()).forEach(RedisLockQueue::wake));
    }

    private void inQueue(String name, Consumer<RedisLockQueue> action) {
        tryExecute(() -> {
            RedisLockQueue queue = queues.get(name);
            if (queue != null) {
                action.accept(queue);
            }
        });
    }

    /** Has the one thread do this; once it is closed nothing happens. */
    void tryExecute(Runnable task) {
        try {
            locks.execute(task);
        } catch (RejectedExecutionException e) {
            // It is closed, and nobody waits any more.
        }
    }

    /** Called by queues that may have become empty. */
    void removeIfEmpty(String name) {
        queues.computeIfPresent(name, (same, queue) -> queue.isEmpty() ? null : queue);
    }

    /** How long until a waiter looks again, at the latest; also sees to it that wake-ups come. */
    long lookAgainMillis(RedisLockAcquisition<?> first) {
        wakeUps.ensure(this);
        long retry = Durations.millis(first.request().retryInterval());
        return wakeUps.isListening() ? lookAgainMillis : Math.min(retry, lookAgainMillis);
    }
}
