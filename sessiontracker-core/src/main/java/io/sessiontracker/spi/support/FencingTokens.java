package io.sessiontracker.spi.support;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How the fencing token of a grant follows from the one before and the lock service's time. */
public final class FencingTokens {

    private FencingTokens() {}

    /**
     * Returns the token of the next grant. By the clock it also exceeds a token that is no longer known; by the last token it grows
     * although the clock was set back.
     *
     * @param last the greatest token granted that is known; 0 if none is
     * @param nowMicros the service's time, in microseconds since the epoch
     */
    public static long next(long last, long nowMicros) {
        return Math.max(last + 1, nowMicros);
    }

    /** Returns the microseconds since the epoch. */
    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
