package io.sessiontracker.redisson;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Frees a lock in Redis, and tries again later if that did not come through, at growing intervals until the lease has freed
 * it anyway. A lock is never left to a long lease because Redis was away for a moment.
 */
final class RedissonLockReleaser {

    private static final long FIRST_PAUSE_MILLIS = 1_000;

    private final PerAcquisitionLock lock;
    private final long leaseMillis;

    RedissonLockReleaser(PerAcquisitionLock lock, long leaseMillis) {
        this.lock = lock;
        this.leaseMillis = leaseMillis;
    }

    /** For a lock that was held: if it is no longer, that is all there is to do. */
    CompletionStage<Void> held() {
        return attempt(false);
    }

    /**
     * For a lock that a lost request may have taken. Not to find it says little: the server may get the request later than
     * this, as they come by different connections.
     */
    CompletionStage<Void> perhapsHeld() {
        return attempt(true);
    }

    private CompletionStage<Void> attempt(boolean untilFreed) {
        CompletionStage<Void> first = unlock();
        var unused = first.whenComplete((done, failure) -> repeat(failure, untilFreed, FIRST_PAUSE_MILLIS));
        return first.exceptionallyCompose(failure -> RedissonExceptions.isNotHeld(failure)
                ? CompletableFuture.completedStage(null)
                : CompletableFuture.failedStage(failure));
    }

    private void repeat(Throwable failure, boolean untilFreed, long pause) {
        boolean over =
                failure == null || (!untilFreed && RedissonExceptions.isNotHeld(failure)) || pause > 2 * leaseMillis;
        if (!over) {
            lock.later(() -> tryAgain(untilFreed, 2 * pause), Math.min(pause, leaseMillis));
        }
    }

    private void tryAgain(boolean untilFreed, long pause) {
        var unused = unlock().whenComplete((done, failure) -> repeat(failure, untilFreed, pause));
    }

    /** Freed at the master is freed; replicas that do not confirm it hold no lock back. */
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
