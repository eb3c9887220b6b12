package io.sessiontracker.spi.state;

import io.sessiontracker.spi.Lifetimes;

/**
 * The deadline of a session, and what it is computed from. All in milliseconds, moments since the epoch by the store's clock.
 *
 * @param absolute the moment at which the session is due however it is used; {@link Long#MAX_VALUE} for never
 * @param sliding how long after its last touch the session is due; 0 for never
 * @param tolerance how much longer it lives than that, so that not every read need touch it
 * @param touched when the session was last touched
 * @param retention how much longer its data are kept for delivery; 0 for not at all
 * @param indexed the moment at which the deadline index has the session, or the one for cleaning up that is in no other: not later than
 *     {@link #at}, and earlier once it was touched. A sweep that comes upon the entry corrects it; so a touch changes no index
 */
public record Deadline(long absolute, long sliding, long tolerance, long touched, long retention, long indexed) {

    private static final long NEVER = Long.MAX_VALUE;

    /** Returns a deadline whose absolute lifetime counts from {@code from}, and whose sliding one begins now. */
    static Deadline of(Lifetimes lifetimes, long from, long now) {
        long absolute = lifetimes.absolute() == 0 ? NEVER : after(from, lifetimes.absolute());
        return new Deadline(
                        lifetimes.absoluteAt() > 0 ? lifetimes.absoluteAt() : absolute,
                        lifetimes.sliding(),
                        lifetimes.tolerance(),
                        now,
                        lifetimes.retention(),
                        0)
                .reindexed(now);
    }

    /** Returns this touched now; the same where the last touch, by its tolerance, gives the whole sliding lifetime from now on. */
    Deadline touched(long now) {
        return sliding > 0 && now - touched > tolerance
                ? new Deadline(absolute, sliding, tolerance, now, retention, indexed)
                : this;
    }

    /** Returns the given deadline with this one's retention, which counts from now at the earliest. */
    Deadline replaced(Deadline next, long now) {
        long absolute = Math.max(now, next.absolute);
        return new Deadline(absolute, next.sliding, next.tolerance, now, retention, 0).reindexed(now);
    }

    /** Returns this as it is indexed from now on. */
    Deadline reindexed(long now) {
        return indexed <= now && indexed != at()
                ? new Deadline(absolute, sliding, tolerance, touched, retention, at())
                : this;
    }

    /** Returns the moment from which on the session counts as absent; {@link Long#MAX_VALUE} for never. */
    public long at() {
        return sliding == 0 ? absolute : Math.min(absolute, after(after(touched, sliding), tolerance));
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
        return after(at(), retention);
    }

    private static long after(long moment, long lifetime) {
        return lifetime > NEVER - moment ? NEVER : moment + lifetime;
    }
}
