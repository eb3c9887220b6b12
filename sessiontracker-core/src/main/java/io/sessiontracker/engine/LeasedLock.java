package io.sessiontracker.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.LockStatus;
import io.sessiontracker.SessionLock;
import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.SessionAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handle of an acquired lock. It counts the lease itself, from before the request was sent, so it never believes in a
 * lock that the service has given up.
 */
final class LeasedLock implements SessionLock {

    private static final Logger log = LoggerFactory.getLogger(LeasedLock.class);

    private final SessionAddress address;
    private final HeldLock held;
    private final boolean renewed;
    private Duration lease;
    private long leaseEnd;
    private LockStatus status = LockStatus.ACQUIRED;

    LeasedLock(SessionAddress address, HeldLock held, long askedAt, Duration lease, boolean renewed) {
        this.address = address;
        this.held = held;
        this.renewed = renewed;
        this.lease = lease;
        this.leaseEnd = askedAt + nanos(lease);
    }

    @Override
    public String resource() {
        return address.toString();
    }

    @Override
    public String id() {
        return held.id();
    }

    @Override
    public synchronized Instant expiresAt() {
        return Instant.now().plus(renewed ? lease : Duration.ofNanos(leaseEnd - System.nanoTime()));
    }

    @Override
    public boolean isAcquired() {
        return status() == LockStatus.ACQUIRED;
    }

    @Override
    public synchronized LockStatus status() {
        if (status == LockStatus.ACQUIRED && !renewed && leaseEnd - System.nanoTime() <= 0) {
            status = LockStatus.EXPIRED;
        }
        return status;
    }

    @Override
    public boolean extend(Duration newLease) {
        Objects.requireNonNull(newLease, "The lease must not be null");
        if (newLease.isZero() || newLease.isNegative()) {
            throw new IllegalArgumentException("The lease must be positive; it is " + newLease);
        }
        if (!isAcquired()) {
            return false;
        }
        long askedAt = System.nanoTime();
        boolean extended = Stages.join(held.extend(newLease));
        return settleExtension(extended, askedAt, newLease);
    }

    private synchronized boolean settleExtension(boolean extended, long askedAt, Duration newLease) {
        if (status == LockStatus.UNLOCKED) {
            return false;
        }
        if (!extended) {
            status = LockStatus.EXPIRED;
            return false;
        }
        lease = newLease;
        leaseEnd = askedAt + nanos(newLease);
        status = LockStatus.ACQUIRED;
        return isAcquired();
    }

    @Override
    public void close() {
        try {
            Stages.join(release());
        } catch (RuntimeException failed) {
            // Nobody can do anything about it, and it mends itself.
            log.warn("The lock of {} was not released; it is free when its lease has run out", address, failed);
        }
    }

    /** As {@link #close}, without waiting. Only the first call asks the service. */
    CompletionStage<Void> release() {
        synchronized (this) {
            if (status == LockStatus.UNLOCKED) {
                return CompletableFuture.completedStage(null);
            }
            status = LockStatus.UNLOCKED;
        }
        return held.release();
    }

    @Override
    public String toString() {
        return "SessionLock[" + address + ", id=" + id() + ", " + status() + "]";
    }

    /** Saturated: 146 years are enough, and the sum with any {@link System#nanoTime} still compares right. */
    private static long nanos(Duration lease) {
        Duration longest = Duration.ofNanos(Long.MAX_VALUE / 2);
        return lease.compareTo(longest) > 0 ? longest.toNanos() : lease.toNanos();
    }
}
