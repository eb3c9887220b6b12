package io.sessiontracker.engine;

import java.time.Duration;

/**
 * How a type's sessions are locked where the call does not say.
 *
 * @param leaseTime after that time a lock frees itself; positive
 * @param waitTime how long to wait for another holder; zero is one try
 * @param retryInterval how often a waiter looks again where the lock provider does not wake it; positive
 */
public record LockSettings(Duration leaseTime, Duration waitTime, Duration retryInterval) {

    /** 30 s lease, no wait, a retry each 50 ms. */
    public static final LockSettings BUILT_IN =
            new LockSettings(Duration.ofSeconds(30), Duration.ZERO, Duration.ofMillis(50));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if lease or retry is not positive, or the wait is negative
     */
    public LockSettings {
        if (leaseTime.isNegative() || leaseTime.isZero()) {
            throw new IllegalArgumentException("leaseTime must be positive; it is " + leaseTime);
        }
        if (waitTime.isNegative()) {
            throw new IllegalArgumentException("waitTime must not be negative; it is " + waitTime);
        }
        if (retryInterval.isNegative() || retryInterval.isZero()) {
            throw new IllegalArgumentException("retryInterval must be positive; it is " + retryInterval);
        }
    }
}
