package io.sessiontracker.cache;

import java.time.Duration;

/**
 * How copies of a type's sessions are kept.
 *
 * @param maxStaleness how long after a change a read may be answered without it; only of {@link NearCacheMode#LOCAL}
 */
public record NearCacheSettings(NearCacheMode mode, Duration maxStaleness) {

    /** How stale a read may be, unless the settings say otherwise. */
    public static final Duration MAX_STALENESS = Duration.ofSeconds(2);

    /** A shorter one would be used up by the way of a message to the store and back. */
    private static final Duration LEAST = Duration.ofMillis(100);

    /** No copies. */
    public static final NearCacheSettings NONE = of(NearCacheMode.NONE);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if {@code maxStaleness} is less than 100 ms
     */
    public NearCacheSettings {
        if (maxStaleness.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("maxStaleness must be at least 100 ms; it is " + maxStaleness
                    + ". For reads that are never stale use the near cache's mode validated");
        }
    }

    /** Returns that mode, with the usual staleness. */
    public static NearCacheSettings of(NearCacheMode mode) {
        return new NearCacheSettings(mode, MAX_STALENESS);
    }
}
