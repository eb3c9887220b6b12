package io.sessiontracker.redis;

import java.time.Duration;

/** How long a waiter waits. */
final class SaturatingDurations {

    /** 73 years: longer than anybody waits, and the sum with any {@link System#nanoTime} still compares right. */
    private static final long MOST_NANOS = Long.MAX_VALUE / 4;

    private SaturatingDurations() {}

    static long nanos(Duration wait) {
        return wait.compareTo(Duration.ofNanos(MOST_NANOS)) >= 0 ? MOST_NANOS : wait.toNanos();
    }
}
