package io.sessiontracker.spi.support;

import java.time.Duration;

/** Converts durations to numbers that a time can be added to without an overflow. */
public final class Durations {

    /** Longest duration in milliseconds: a thousand years. It fits in 45 bits. */
    public static final long MAX_MILLIS = Duration.ofDays(365_000).toMillis();

    /** Longest duration in nanoseconds: 73 years. Its sum with any {@link System#nanoTime} still compares right. */
    public static final long MAX_NANOS = Long.MAX_VALUE / 4;

    private static final long ROUNDING_NANOS = 999_999;

    private Durations() {}

    /** Returns the duration in milliseconds, rounded up so that only zero is 0, and at most {@link #MAX_MILLIS}. */
    public static long millis(Duration duration) {
        return duration.compareTo(Duration.ofMillis(MAX_MILLIS)) >= 0
                ? MAX_MILLIS
                : duration.plusNanos(ROUNDING_NANOS).toMillis();
    }

    /** Returns the duration in nanoseconds, at most {@link #MAX_NANOS}. */
    public static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(MAX_NANOS)) >= 0 ? MAX_NANOS : duration.toNanos();
    }
}
