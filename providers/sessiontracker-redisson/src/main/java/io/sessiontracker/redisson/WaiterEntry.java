package io.sessiontracker.redisson;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

import org.redisson.RedissonLockEntry;

/**
 * One waiter's view of the entry that waiters of a lock share. Redisson reads the latch exactly after a refused attempt, which is
 * its only sign of a refusal.
 */
final class WaiterEntry extends RedissonLockEntry {

    private final RedissonLockEntry shared;
    private final Runnable refused;

    WaiterEntry(RedissonLockEntry shared, Runnable refused) {
        super(CompletableFuture.completedFuture(shared));
        this.shared = shared;
        this.refused = refused;
    }

    RedissonLockEntry shared() {
        return shared;
    }

    @Override
    public Semaphore getLatch() {
        refused.run();
        return shared.getLatch();
    }

    @Override
    public void addListener(Runnable listener) {
        shared.addListener(listener);
    }

    @Override
    public boolean removeListener(Runnable listener) {
        return shared.removeListener(listener);
    }

    @Override
    public void tryRunListener() {
        shared.tryRunListener();
    }

    @Override
    public void tryRunAllListeners() {
        shared.tryRunAllListeners();
    }
}
