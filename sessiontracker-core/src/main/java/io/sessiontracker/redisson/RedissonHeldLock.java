package io.sessiontracker.redisson;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.SessionAddress;

/** A lock that was acquired, until its release. */
final class RedissonHeldLock implements HeldLock {

    private final OwnedLock lock;
    private final SessionAddress address;
    private final boolean renewed;
    private volatile long leaseMillis;

    RedissonHeldLock(OwnedLock lock, SessionAddress address, long leaseMillis, boolean renewed) {
        this.lock = lock;
        this.address = address;
        this.leaseMillis = leaseMillis;
        this.renewed = renewed;
    }

    @Override
    public String id() {
        return lock.ownerName();
    }

    @Override
    public CompletionStage<Boolean> extend(Duration lease) {
        // Less than the watchdog's period could end a renewed lock before the watchdog comes by.
        long millis = renewed ? Math.max(Millis.of(lease), lock.watchdogMillis()) : Millis.of(lease);
        return lock.extendOwned(millis).handle((held, failure) -> {
            if (failure != null) {
                throw new CompletionException(Failures.of("extend the lock of", address, failure));
            }
            leaseMillis = held ? millis : leaseMillis;
            return held;
        });
    }

    @Override
    public CompletionStage<Void> release() {
        return new GiveBack(lock, leaseMillis).held().exceptionally(failure -> {
            throw new CompletionException(Failures.of("release the lock of", address, failure));
        });
    }
}
