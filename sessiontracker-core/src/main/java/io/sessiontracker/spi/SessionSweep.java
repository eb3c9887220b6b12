package io.sessiontracker.spi;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A store's background work for a type. With a claim, it claims expired sessions whose data are kept, or reminders of running sessions, so
 * that they can be delivered; without, it repairs the indexes: removes the entries of sessions that are gone.
 *
 * <p>A claim is a lease: no other caller gets the session, or the reminder, until the lease has run out; then it can be claimed again. It ends
 * for good with {@link SessionDataProvider#acknowledgeExpired} or {@link SessionDataProvider#acknowledgeReminders}. From its deadline on a session cannot be finished, deleted or
 * refreshed, so a claimed session is delivered whatever happens under its key.
 *
 * <p>A store never leaves out an expired session because another process looked for some, or will: a caller that claims until
 * there is no {@linkplain Reply#more more} has claimed every session that was due when it began and not claimed by others.
 *
 * <p>A reminder is claimed only while its session runs, and touches nothing.
 *
 * @param type the session type's name
 * @param reminders whether a claim is one of reminders
 * @param claim how many to claim at the most; 0 to claim none and to repair the indexes instead
 * @param leaseMillis how long a claim lasts
 * @param shareMillis of a repair: 0 to repair all now; else only the parts that no process has repaired within that time, and for
 *     which nothing was seen to fall due before: so many processes together do the work of one. Claims are never shared out
 * @param from the {@link Reply#next} of a call that left more to do, so that the store need not look again where nothing was
 *     left; null to begin. A store may begin at the beginning all the same
 */
public record SessionSweep(
        String type,
        boolean reminders,
        int claim,
        long leaseMillis,
        long shareMillis,
        @Nullable String from) {

    /** Creates a sweep from the beginning. */
    public SessionSweep(String type, int claim, long leaseMillis, long shareMillis) {
        this(type, false, claim, leaseMillis, shareMillis, null);
    }

    /** Returns a claim of so many expired sessions at the most. */
    public static SessionSweep claim(String type, int claim, long leaseMillis) {
        return new SessionSweep(type, claim, leaseMillis, 0);
    }

    /** Returns a claim of so many reminders at the most. */
    public static SessionSweep claimReminders(String type, int claim, long leaseMillis) {
        return new SessionSweep(type, true, claim, leaseMillis, 0, null);
    }

    /** Returns a repair of the parts that no process has repaired for so long. */
    public static SessionSweep repair(String type, long shareMillis) {
        return new SessionSweep(type, 0, 0, shareMillis);
    }

    /** Returns the sweep that follows where there is more to do. */
    public SessionSweep from(@Nullable String next) {
        return new SessionSweep(type, reminders, claim, leaseMillis, shareMillis, next);
    }

    /**
     * The reply to a sweep.
     *
     * @param claimed the sessions or reminders that are now to be delivered
     * @param unreadable sessions that are or have something due, too, but cannot be read. They stay, and are tried again after the lease
     * @param more whether there may be more to do at once
     * @param next the cursor with which the next call may begin, if there may be more; null for the beginning
     */
    public record Reply(
            List<Claimed> claimed,
            List<Unreadable> unreadable,
            boolean more,
            @Nullable String next) {

        /** Creates the reply of a store that always begins at the beginning. */
        public Reply(List<Claimed> claimed, boolean more) {
            this(claimed, List.of(), more, null);
        }

        /** Copies the lists. */
        public Reply {
            claimed = List.copyOf(claimed);
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * A session whose time has run out, or a reminder that is due.
     *
     * @param key the session's key
     * @param session its last state, or the present one
     * @param dueAt the session's deadline, or when the reminder was due, milliseconds since the epoch by the store's clock
     * @param attempt how often it was claimed, this time included: 1 for the first
     * @param reminder the reminder's name; null for an expired session
     */
    public record Claimed(
            String key,
            StoredSession session,
            long dueAt,
            int attempt,
            @Nullable String reminder) {

        /** Creates a claim of an expired session. */
        public Claimed(String key, StoredSession session, long dueAt, int attempt) {
            this(key, session, dueAt, attempt, null);
        }
    }

    /**
     * A session that is due or has a reminder due, and whose state the store cannot read.
     *
     * @param key its key
     * @param attempt how often that was found, this time included
     * @param cause why it cannot be read; says nothing of its state
     */
    public record Unreadable(String key, int attempt, RuntimeException cause) {}
}
