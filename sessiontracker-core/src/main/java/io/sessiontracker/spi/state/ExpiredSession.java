package io.sessiontracker.spi.state;

/**
 * A session that has expired and awaits delivery.
 *
 * @param entry its last state
 * @param claimedUntil when its claim ends; 0 if it was never claimed
 * @param attempts how often it was claimed
 */
public record ExpiredSession(SessionEntry entry, long claimedUntil, int attempts) {

    /** Returns this with a claim more. */
    public ExpiredSession claimed(long until) {
        return new ExpiredSession(entry, until, attempts + 1);
    }

    /** Returns which part its data are. */
    public Part part() {
        return Part.expired(entry.id());
    }

    ExpiredSession withEntry(SessionEntry replacement) {
        return replacement == entry ? this : new ExpiredSession(replacement, claimedUntil, attempts);
    }
}
