package io.sessiontracker.history;

import java.time.Duration;
import java.time.Instant;

/**
 * The time of histories. All lifetimes and advances are whole ticks, but for a millisecond between starts. So a store whose keys
 * age by real time while a history runs is never taken for one that is late or early.
 */
public final class Ticks {

    /** As short as it may be while a history runs in much less. */
    public static final Duration TICK = Duration.ofSeconds(15);

    /** For how long a store recognises a call at the least. */
    static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** Where each history begins. */
    public static final Instant BEGINNING = Instant.parse("2030-01-01T00:00:00Z");

    private Ticks() {}

    /** To the next one. */
    public static long rounded(long millis) {
        return Math.floorDiv(millis + TICK.toMillis() / 2, TICK.toMillis());
    }

    static long millis(int ticks) {
        return ticks * TICK.toMillis();
    }
}
