package io.sessiontracker.redisson;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.spi.support.LockReleaseRetry;

/** Releases a lock in Redis, with retries on Redisson's timer. */
final class RedissonLockReleaser {

    private RedissonLockReleaser() {}

    static LockReleaseRetry of(PerAcquisitionLock lock, long leaseMillis) {
        return new LockReleaseRetry(() -> unlock(lock), leaseMillis, lock::schedule);
    }

    /** Answers whether the lock was held. A release at the master counts, whether or not replicas confirm it. */
    private static CompletionStage<Boolean> unlock(PerAcquisitionLock lock) {
        try {
            return lock.unlockOwned().thenApply(done -> true).exceptionallyCompose(RedissonLockReleaser::outcomeOf);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static CompletionStage<Boolean> outcomeOf(Throwable failure) {
        if (RedissonExceptions.isUnconfirmed(failure)) {
            return CompletableFuture.completedStage(true);
        }
        return RedissonExceptions.isNotHeld(failure)
                ? CompletableFuture.completedStage(false)
                : CompletableFuture.failedStage(failure);
    }
}
