package io.sessiontracker;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How to take a session's lock. What is null is taken from the type's settings. No fairness is promised.
 *
 * @param leaseTime after that time the lock frees itself; for a renewed one, see {@link #untilReleased}
 * @param waitTime how long to wait while somebody else holds it; zero is one try
 * @param retryInterval how often a waiter looks again, where the lock provider is not woken by the release
 * @param renewed whether it is kept for as long as this process lives and has not released it
 */
public record LockOptions(
        @Nullable Duration leaseTime,
        @Nullable Duration waitTime,
        @Nullable Duration retryInterval,
        boolean renewed) {

    private static final LockOptions DEFAULTS = new LockOptions(null, null, null, false);

    /**
     * Checks the values.
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

    /** Everything by the type's settings. */
    public static LockOptions defaults() {
        return DEFAULTS;
    }

    /** Frees itself after that time. */
    public static LockOptions lease(Duration leaseTime) {
        return DEFAULTS.withLease(leaseTime);
    }

    /** Waits up to that long; zero is one try. */
    public static LockOptions waitFor(Duration waitTime) {
        return DEFAULTS.withWait(waitTime);
    }

    /**
     * Kept until it is closed while this process lives, and freed soon after the process died: with Redisson after its
     * watchdog's period, with other providers after the lease, which is renewed in time.
     */
    public static LockOptions untilReleased() {
        return DEFAULTS.withRenewal();
    }

    /** These, with that lease; the lock is then not renewed. */
    public LockOptions withLease(Duration leaseTime) {
        Objects.requireNonNull(leaseTime, "leaseTime");
        return new LockOptions(leaseTime, waitTime, retryInterval, false);
    }

    /** These, waiting up to that long. */
    public LockOptions withWait(Duration waitTime) {
        Objects.requireNonNull(waitTime, "waitTime");
        return new LockOptions(leaseTime, waitTime, retryInterval, renewed);
    }

    /** These, looking again that often. */
    public LockOptions withRetry(Duration retryInterval) {
        Objects.requireNonNull(retryInterval, "retryInterval");
        return new LockOptions(leaseTime, waitTime, retryInterval, renewed);
    }

    /** These, renewed until released. */
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
