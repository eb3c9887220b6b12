package io.sessiontracker.redisson;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.support.Durations;

/** An acquired lock, until its release. */
final class RedissonHeldLock implements HeldLock {

    private final PerAcquisitionLock lock;
    private final SessionAddress address;
    private final boolean renewed;
    private final CallTimeout timeout;
    private volatile long leaseMillis;

    RedissonHeldLock(PerAcquisitionLock lock, LockRequest request, long leaseMillis, CallTimeout timeout) {
        this.lock = lock;
        this.address = request.address();
        this.leaseMillis = leaseMillis;
        this.renewed = request.renewed();
        this.timeout = timeout;
    }

    @Override
    public String id() {
        return lock.ownerName();
    }

    @Override
    public CompletionStage<Boolean> extend(Duration lease) {
        // A shorter lease could end a renewed lock before the next renewal.
        long millis = renewed ? Math.max(Durations.millis(lease), lock.watchdogMillis()) : Durations.millis(lease);
        return timeout.limit(lock.extendOwned(millis)).handle((held, failure) -> {
            if (failure != null) {
                throw new CompletionException(RedissonExceptions.of("extend the lock of", address, failure));
            }
            leaseMillis = held ? millis : leaseMillis;
            return held;
        });
    }

    @Override
    public long renewedUntil() {
        return lock.renewal().until();
    }

    @Override
    public CompletionStage<Void> release() {
        return timeout.limit(RedissonLockReleaser.of(lock, leaseMillis).releaseHeld())
                .exceptionally(failure -> {
                    throw new CompletionException(RedissonExceptions.of("release the lock of", address, failure));
                });
    }
}
