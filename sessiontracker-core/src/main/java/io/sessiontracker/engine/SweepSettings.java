package io.sessiontracker.engine;

import java.time.Duration;

/**
 * How expired sessions are found and told.
 *
 * @param enabled whether this process sweeps in the background; {@link io.sessiontracker.SessionTracker#expireSessions} works
 *     in any case
 * @param interval how long to rest between two sweeps; positive
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

    private static void requirePositive(String name, Duration duration) {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException("%s must be at least a millisecond; it is %s".formatted(name, duration));
        }
    }
}
