package io.sessiontracker.redis.lock;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;

import io.sessiontracker.redis.client.MessageSubscription;
import io.sessiontracker.spi.support.Durations;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * This process's waiters, by the lock that they wait for. Only the one thread of {@link RedisLocks} sees the queues, so nothing
 * here is locked; calls from other threads are dispatched to it.
 */
final class RedisLockQueues implements MessageSubscription.Listener {

    private static final int STRIPES = 256;

    private final RedisLocks locks;
    private final MessageSubscription releases;
    private final long retryMillis;
    private final Map<String, RedisLockQueue> queues = new HashMap<>();
    private final AtomicIntegerArray woken = new AtomicIntegerArray(STRIPES);

    /**
     * Creates queues that releases wake.
     *
     * @param channel where releases are published
     * @param retryMillis after that time without a wake-up a waiter retries
     */
    RedisLockQueues(RedisLocks locks, LettuceConnectionFactory connections, byte[] channel, long retryMillis) {
        this.locks = locks;
        this.releases = new MessageSubscription(connections, "locks", this, channel);
        this.retryMillis = retryMillis;
    }

    /** Returns a count that changes with each wake-up, and when a subscription begins. Locks may share it, which costs an attempt. */
    long wakeUps(String name) {
        return (long) releases.beginnings() + woken.get(stripe(name));
    }

    private static int stripe(String name) {
        return Math.floorMod(name.hashCode(), STRIPES);
    }

    /**
     * Lets a request wait that was refused.
     *
     * @param left milliseconds of the holder's lease
     * @param wakeUpsBefore {@link #wakeUps} before its attempt: if that has changed, the lock may have become free since
     */
    void join(RedisLockAcquisition<?> request, long left, long wakeUpsBefore) {
        String name = request.name();
        try {
            locks.execute(() -> {
                releases.ensure();
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

    /** Returns this process's subscription to the releases of the namespace's locks; it is opened for the first waiter. */
    MessageSubscription releases() {
        return releases;
    }

    /** Wakes a waiter for a lock that was released. */
    @Override
    public void received(byte[] channel, byte[] message) {
        String name = new String(message, StandardCharsets.UTF_8);
        woken.incrementAndGet(stripe(name));
        inQueue(name, RedisLockQueue::wake);
    }

    /** Wakes a waiter for each lock: releases before the subscription began were missed. */
    @Override
    public void began() {
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

    /** Runs a task on the one thread, unless that is closed. */
    void tryExecute(Runnable task) {
        try {
            locks.execute(task);
        } catch (RejectedExecutionException e) {
            // It is closed, and all waiters have failed.
        }
    }

    /** Removes a queue that has become empty. */
    void removeIfEmpty(String name) {
        queues.computeIfPresent(name, (same, queue) -> queue.isEmpty() ? null : queue);
    }

    /** Returns how long a waiter waits at most before it retries; also renews the subscription if needed. */
    long retryMillis(RedisLockAcquisition<?> first) {
        releases.ensure();
        long retry = Durations.millis(first.request().retryInterval());
        return releases.isListening() ? retryMillis : Math.min(retry, retryMillis);
    }
}
