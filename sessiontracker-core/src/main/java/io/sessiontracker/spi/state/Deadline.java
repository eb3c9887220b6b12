package io.sessiontracker.spi.state;

import io.sessiontracker.spi.Lifetimes;

/**
 * The deadline of a session, and what it is computed from. All in milliseconds, moments since the epoch by the store's clock.
 *
 * @param absolute the moment at which the session is due however it is used; {@link Long#MAX_VALUE} for never
 * @param sliding how long after its last touch the session is due; 0 for never
 * @param touched when the session was last touched
 * @param retention how much longer its data are kept for delivery; 0 for not at all
 */
public record Deadline(long absolute, long sliding, long touched, long retention) {

    private static final long NEVER = Long.MAX_VALUE;

    /** Returns a deadline whose absolute lifetime counts from {@code from}, and whose sliding one begins now. */
    static Deadline of(Lifetimes lifetimes, long from, long now) {
        long absolute = lifetimes.absoluteAt() > 0 ? lifetimes.absoluteAt() : after(from, lifetimes.absolute());
        return new Deadline(absolute, lifetimes.sliding(), now, lifetimes.retention());
    }

    Deadline touched(long now) {
        return sliding > 0 ? new Deadline(absolute, sliding, now, retention) : this;
    }

    /** Returns the moment from which on the session counts as absent; {@link Long#MAX_VALUE} for never. */
    public long at() {
        return Math.min(absolute, after(touched, sliding));
    }

    /** Returns whether the session counts as absent: from the deadline on, and not a millisecond later. */
    public boolean isDue(long now) {
        return now >= at();
    }

    /** Returns whether the session is due and its data are kept for delivery. */
    boolean isAwaitingDelivery(long now) {
        return retention > 0 && isDue(now) && keptUntil() > now;
    }

    /** Returns the moment from which on the session's data are no longer needed. */
    public long keptUntil() {
        return retention > 0 ? after(at(), retention) : at();
    }

    private static long after(long moment, long lifetime) {
        return lifetime == 0 || lifetime > NEVER - moment ? NEVER : moment + lifetime;
    }
}
