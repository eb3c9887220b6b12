package io.sessiontracker.spi;

import java.time.Duration;

/**
 * One try to get a lock.
 *
 * @param address the session whose lock is wanted; there need not be one
 * @param leaseTime after that time the lock frees itself, unless it is renewed; positive
 * @param waitTime how long to wait for another holder; zero is one try
 * @param retryInterval how often to look again, where the service does not wake a waiter; positive
 * @param renewed whether the provider keeps it until it is released, and lets it go soon after this process died
 */
public record LockRequest(
        SessionAddress address, Duration leaseTime, Duration waitTime, Duration retryInterval, boolean renewed) {}
