package io.sessiontracker.redisson;

import java.time.Duration;

/** Durations as Redis takes them. */
final class Millis {

    /** Longer than anybody waits, and short enough that the server can add it to its time. */
    private static final Duration MAX = Duration.ofDays(365_000);

    private Millis() {}

    /** Rounded up, so that only zero is 0: Redisson takes a lease of 0 for none at all. */
    static long of(Duration duration) {
        return duration.compareTo(MAX) >= 0
                ? MAX.toMillis()
                : duration.plusNanos(999_999).toMillis();
    }
}
