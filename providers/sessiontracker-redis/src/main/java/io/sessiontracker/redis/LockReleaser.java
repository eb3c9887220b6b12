package io.sessiontracker.redis;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.support.Durations;
import org.jspecify.annotations.Nullable;

/**
 * Frees a lock in Redis, and tries again later if that did not come through, at growing intervals until the lease has freed
 * it anyway. A lock is never left to a long lease because Redis was away for a moment.
 */
final class LockReleaser {

    private static final long FIRST_PAUSE_MILLIS = 1_000;

    private final RedisLocks locks;
    private final LockRequest request;
    private final String id;
    private final long leaseMillis;

    LockReleaser(RedisLocks locks, LockRequest request, String id) {
        this(locks, request, id, Durations.millis(request.leaseTime()));
    }

    LockReleaser(RedisLocks locks, LockRequest request, String id, long leaseMillis) {
        this.locks = locks;
        this.request = request;
        this.id = id;
        this.leaseMillis = leaseMillis;
    }

    /** For a lock that was held: if it is no longer, that is all there is to do. */
    CompletionStage<Void> held() {
        return attempt(false);
    }

    /**
     * For a lock that a lost request may have taken. Not to find it says little: the server may get the request later than
     * this, if they came by different connections.
     */
    CompletionStage<Void> perhapsHeld() {
        return attempt(true);
    }

    private CompletionStage<Void> attempt(boolean untilFreed) {
        CompletionStage<Boolean> first = unlock();
        first.whenComplete((freed, failure) -> repeat(freed, untilFreed, FIRST_PAUSE_MILLIS));
        return first.thenAccept(freed -> {});
    }

    /** After a try that freed it or not; null if it failed. */
    private void repeat(@Nullable Boolean freed, boolean untilFreed, long pause) {
        boolean done = Boolean.TRUE.equals(freed) || (freed != null && !untilFreed);
        if (!done && pause <= 2 * leaseMillis) {
            var unusedTimer = locks.later(
                    () -> {
                        var unused = unlock().whenComplete((again, failure) -> repeat(again, untilFreed, 2 * pause));
                    },
                    Math.min(pause, leaseMillis),
                    TimeUnit.MILLISECONDS);
        }
    }

    private CompletionStage<Boolean> unlock() {
        return locks.run(locks.operations().unlock(request.address(), id));
    }
}
