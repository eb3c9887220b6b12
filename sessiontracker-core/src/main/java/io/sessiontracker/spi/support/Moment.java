package io.sessiontracker.spi.support;

import java.util.concurrent.TimeUnit;

/**
 * A moment in this process, by the monotonic clock and by the wall clock, which goes on while the machine sleeps. Of the times that passed by
 * the two the longer counts: a wall clock that is set forward makes a moment older, one that is set back changes nothing.
 */
public record Moment(long nanos, long millis) {

    /** Returns this moment. */
    public static Moment now() {
        return new Moment(System.nanoTime(), System.currentTimeMillis());
    }

    /** Returns how many whole milliseconds have passed. */
    public long ageMillis() {
        return ageMillis(now());
    }

    /** Returns how many whole milliseconds passed until a later moment. */
    public long ageMillis(Moment later) {
        return Math.max(TimeUnit.NANOSECONDS.toMillis(later.nanos - nanos), later.millis - millis);
    }
}
