package io.sessiontracker.redisson;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.support.Durations;

/** A lock that was acquired, until its release. */
final class RedissonHeldLock implements HeldLock {

    private final PerAcquisitionLock lock;
    private final SessionAddress address;
    private final boolean renewed;
    private final CallTimeout patience;
    private volatile long leaseMillis;

    RedissonHeldLock(PerAcquisitionLock lock, LockRequest request, long leaseMillis, CallTimeout patience) {
        this.lock = lock;
        this.address = request.address();
        this.leaseMillis = leaseMillis;
        this.renewed = request.renewed();
        this.patience = patience;
    }

    @Override
    public String id() {
        return lock.ownerName();
    }

    @Override
    public CompletionStage<Boolean> extend(Duration lease) {
        // Less than the watchdog's period could end a renewed lock before the next renewal.
        long millis = renewed ? Math.max(Durations.millis(lease), lock.watchdogMillis()) : Durations.millis(lease);
        return patience.limit(lock.extendOwned(millis)).handle((held, failure) -> {
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
        return patience.limit(new RedissonLockReleaser(lock, leaseMillis).held())
                .exceptionally(failure -> {
                    throw new CompletionException(RedissonExceptions.of("release the lock of", address, failure));
                });
    }
}
