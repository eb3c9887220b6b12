package io.sessiontracker.engine;

import java.time.Duration;

/**
 * How expired sessions are found and delivered.
 *
 * @param enabled whether this process sweeps in the background; {@link io.sessiontracker.SessionTracker#expireSessions} works
 *     in any case
 * @param interval how long after one sweep the next begins: expired sessions are claimed within that time; positive
 * @param lease how long a process may take to deliver what it has claimed; after that another process may claim it. Also the
 *     pause before a session whose listener threw is delivered again; positive
 * @param batchSize how many sessions to claim at a time; positive. While they are delivered the next are claimed, unless delivery takes
 *     more than a tenth of the lease
 * @param attempts how often to deliver a session whose listener throws; positive
 */
public record SweepSettings(boolean enabled, Duration interval, Duration lease, int batchSize, int attempts) {

    /** Every 10 seconds, with a lease of a minute, 100 sessions at a time, five attempts. */
    public static final SweepSettings BUILT_IN =
            new SweepSettings(true, Duration.ofSeconds(10), Duration.ofMinutes(1), 100, 5);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public SweepSettings {
        requirePositive("interval", interval);
        requirePositive("lease", lease);
        if (batchSize < 1) {
            throw new IllegalArgumentException("batchSize must be positive; it is " + batchSize);
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be positive; it is " + attempts);
        }
    }

    /**
     * Returns the shortest retention with which no expired session is lost when the process dies that claimed it: within an interval
     * it is claimed, after the lease it may be claimed again, and within another interval it is.
     */
    public Duration leastRetention() {
        return lease.plus(interval).plus(interval);
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException("%s must be at least a millisecond; it is %s".formatted(name, duration));
        }
    }
}
