package io.sessiontracker.memory;

import io.sessiontracker.spi.Lifetimes;

/**
 * When a session is due. All in milliseconds since the epoch or as a length.
 *
 * @param absolute the moment it is due however it is used; {@link #NEVER} for none
 * @param sliding how long after its last touch it is due; 0 for never
 * @param touched when it was last touched
 * @param retention how much longer its data are kept
 */
record Deadline(long absolute, long sliding, long touched, long retention) {

    private static final long NEVER = Long.MAX_VALUE;

    /** With an absolute lifetime that counts from {@code from}, and a sliding one that begins now. */
    static Deadline of(Lifetimes lifetimes, long from, long now) {
        long absolute = lifetimes.absoluteAt() > 0 ? lifetimes.absoluteAt() : after(from, lifetimes.absolute());
        return new Deadline(absolute, lifetimes.sliding(), now, lifetimes.retention());
    }

    Deadline touched(long now) {
        return sliding > 0 ? new Deadline(absolute, sliding, now, retention) : this;
    }

    /** From the deadline on, and not a millisecond later. */
    boolean isDue(long now) {
        return now >= at();
    }

    /** Whether it is due, and its data are still kept for somebody to hear of it. */
    boolean isToBeTold(long now) {
        return retention > 0 && isDue(now) && keptUntil() > now;
    }

    /** From when on nobody needs its data. */
    long keptUntil() {
        return retention > 0 ? after(at(), retention) : at();
    }

    /** The moment; {@link Long#MAX_VALUE} for never. */
    long at() {
        return Math.min(absolute, after(touched, sliding));
    }

    private static long after(long moment, long lifetime) {
        return lifetime == 0 || lifetime > NEVER - moment ? NEVER : moment + lifetime;
    }
}
