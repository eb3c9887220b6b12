package io.sessiontracker.redisson;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

import org.redisson.RedissonLockEntry;

/**
 * The entry that waiters of a lock share, as one of them sees it. Redisson looks for a wake-up after each try that was refused,
 * and at no other time, which is the one sign of a refusal that it gives.
 */
final class WaitersEntry extends RedissonLockEntry {

    private final RedissonLockEntry shared;
    private final Runnable refused;

    WaitersEntry(RedissonLockEntry shared, Runnable refused) {
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
