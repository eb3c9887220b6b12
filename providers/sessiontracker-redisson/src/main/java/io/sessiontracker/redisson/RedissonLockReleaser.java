package io.sessiontracker.redisson;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Releases a lock in Redis and, if that fails, retries with back-off until the lease has ended anyway. A short outage of Redis
 * never leaves a lock held for a long lease.
 */
final class RedissonLockReleaser {

    private static final long FIRST_DELAY_MILLIS = 1_000;

    private final PerAcquisitionLock lock;
    private final long leaseMillis;

    RedissonLockReleaser(PerAcquisitionLock lock, long leaseMillis) {
        this.lock = lock;
        this.leaseMillis = leaseMillis;
    }

    /** Releases a lock that was held; done if it is no longer. */
    CompletionStage<Void> releaseHeld() {
        return attempt(false);
    }

    /**
     * Releases a lock that a lost request may have taken. Retries even if it is not held: the request may reach the server later
     * than this, over another connection.
     */
    CompletionStage<Void> releaseInDoubt() {
        return attempt(true);
    }

    private CompletionStage<Void> attempt(boolean untilReleased) {
        CompletionStage<Void> first = unlock();
        var unused = first.whenComplete((done, failure) -> retryAfter(failure, untilReleased, FIRST_DELAY_MILLIS));
        return first.exceptionallyCompose(failure -> RedissonExceptions.isNotHeld(failure)
                ? CompletableFuture.completedStage(null)
                : CompletableFuture.failedStage(failure));
    }

    private void retryAfter(Throwable failure, boolean untilReleased, long delay) {
        boolean over =
                failure == null || (!untilReleased && RedissonExceptions.isNotHeld(failure)) || delay > 2 * leaseMillis;
        if (!over) {
            lock.schedule(() -> retry(untilReleased, 2 * delay), Math.min(delay, leaseMillis));
        }
    }

    private void retry(boolean untilReleased, long delay) {
        var unused = unlock().whenComplete((done, failure) -> retryAfter(failure, untilReleased, delay));
    }

    /** A release at the master counts, whether or not replicas confirm it. */
    private CompletionStage<Void> unlock() {
        try {
            return lock.unlockOwned()
                    .exceptionallyCompose(failure -> RedissonExceptions.isUnconfirmed(failure)
                            ? CompletableFuture.completedStage(null)
                            : CompletableFuture.failedStage(failure));
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }
}
