package io.sessiontracker;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How to acquire a session's lock. A null component takes the type's setting. Fairness is not promised.
 *
 * @param leaseTime after which the lock expires by itself; for a renewed lock see {@link #untilReleased}
 * @param waitTime how long to wait while another acquisition holds the lock; zero makes one attempt
 * @param retryInterval how often a waiter tries again if the lock provider does not notify it of a release
 * @param renewed whether the lease is renewed until the lock is released or this process ends
 */
public record LockOptions(
        @Nullable Duration leaseTime,
        @Nullable Duration waitTime,
        @Nullable Duration retryInterval,
        boolean renewed) {

    private static final LockOptions DEFAULTS = new LockOptions(null, null, null, false);

    /**
     * Validates the options.
     *
     * @throws IllegalArgumentException if lease or retry is not positive, or the wait is negative
     */
    public LockOptions {
        requirePositive("leaseTime", leaseTime);
        requirePositive("retryInterval", retryInterval);
        if (waitTime != null && waitTime.isNegative()) {
            throw new IllegalArgumentException("waitTime must not be negative; it is " + waitTime);
        }
    }

    /** Returns options that take every setting from the session type. */
    public static LockOptions defaults() {
        return DEFAULTS;
    }

    /** Returns options with the given lease. */
    public static LockOptions lease(Duration leaseTime) {
        return DEFAULTS.withLease(leaseTime);
    }

    /** Returns options that wait up to the given time; zero is one attempt. */
    public static LockOptions waitFor(Duration waitTime) {
        return DEFAULTS.withWait(waitTime);
    }

    /**
     * Returns options for a lock that is renewed until it is closed. It becomes free soon after the process dies: with
     * Redisson after its watchdog's period, with other providers after the lease.
     */
    public static LockOptions untilReleased() {
        return DEFAULTS.withRenewal();
    }

    /** Returns these options with the given lease, and without renewal. */
    public LockOptions withLease(Duration leaseTime) {
        Objects.requireNonNull(leaseTime, "leaseTime");
        return new LockOptions(leaseTime, waitTime, retryInterval, false);
    }

    /** Returns these options with the given wait. */
    public LockOptions withWait(Duration waitTime) {
        Objects.requireNonNull(waitTime, "waitTime");
        return new LockOptions(leaseTime, waitTime, retryInterval, renewed);
    }

    /** Returns these options with the given retry interval. */
    public LockOptions withRetry(Duration retryInterval) {
        Objects.requireNonNull(retryInterval, "retryInterval");
        return new LockOptions(leaseTime, waitTime, retryInterval, renewed);
    }

    /** Returns these options with renewal until released. */
    public LockOptions withRenewal() {
        return new LockOptions(leaseTime, waitTime, retryInterval, true);
    }

    private static void requirePositive(String name, @Nullable Duration duration) {
        if (duration != null && (duration.isZero() || duration.isNegative())) {
            throw new IllegalArgumentException(
                    "%s must be positive, or null for the type's setting; it is %s".formatted(name, duration));
        }
    }
}
