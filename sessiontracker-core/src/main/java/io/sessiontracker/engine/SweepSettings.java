package io.sessiontracker.engine;

import java.time.Duration;

/**
 * How expired sessions are found and told.
 *
 * @param enabled whether this process sweeps in the background; {@link io.sessiontracker.SessionTracker#expireSessions} works
 *     in any case
 * @param interval how long after one sweep the next begins: what is due is claimed within that time; positive
 * @param lease how long a process may take to tell what it has claimed; after that another one does. Also how long a session
 *     rests whose listener threw; positive
 * @param batchSize how many sessions to claim at a time; positive. While they are told the next are claimed, unless telling takes
 *     more than a tenth of the lease
 * @param attempts how often to tell a session whose listener throws; positive
 */
public record SweepSettings(boolean enabled, Duration interval, Duration lease, int batchSize, int attempts) {

    /** Each 10 s, a minute's lease, 100 at a time, five attempts. */
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
     * How long expired sessions must be kept at the least, so that none is lost when the process dies that claimed it: within an
     * interval it is claimed, after the lease it may be claimed again, and within another interval it is.
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
