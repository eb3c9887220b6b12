package io.sessiontracker.spi;

import java.util.List;

/**
 * Puts a type in order: what is left in the indexes of sessions that are gone is removed, and of those that are due and whose
 * data are kept some are claimed, so that they can be told.
 *
 * <p>A claim is a lease: nobody else gets it until the lease has run out, and then it is given out again. It ends for good
 * with {@link SessionDataProvider#told}. From its deadline on a session is nobody's to finish, delete or refresh, so what was
 * claimed is told whatever happens under its key.
 *
 * @param type the session type's name
 * @param claim how many sessions to claim at the most; 0 to claim none, as a process without a listener does
 * @param leaseMillis how long a claim lasts
 * @param shareMillis 0 to sweep all of the type now; else only the parts that no process has swept within that time, and for
 *     which nothing was seen to fall due before: so many processes together do the work of one
 * @param from where to begin in a sweep of all of the type: 0, or the {@link Reply#next} of a sweep that reached its limit, which
 *     spares a store looking again where nothing was left. A store may begin at the beginning all the same
 */
public record SessionSweep(String type, int claim, long leaseMillis, long shareMillis, int from) {

    /** From the beginning. */
    public SessionSweep(String type, int claim, long leaseMillis, long shareMillis) {
        this(type, claim, leaseMillis, shareMillis, 0);
    }

    /** What is to follow a sweep that reached its limit. */
    public SessionSweep from(int next) {
        return new SessionSweep(type, claim, leaseMillis, shareMillis, next);
    }

    /**
     * What came of it.
     *
     * @param claimed what is now to be told
     * @param more whether there may be more to do at once, because the limit was reached
     * @param next where the next sweep may begin, if there may be more
     */
    public record Reply(List<Expired> claimed, boolean more, int next) {

        /** Of a store that always begins at the beginning. */
        public Reply(List<Expired> claimed, boolean more) {
            this(claimed, more, 0);
        }

        /** Copies the list. */
        public Reply {
            claimed = List.copyOf(claimed);
        }
    }

    /**
     * A session whose time has run out.
     *
     * @param key its key
     * @param session its last state
     * @param deadline when it was due, milliseconds since the epoch by the store's clock
     * @param attempt how often it was claimed, this time included: 1 for the first
     */
    public record Expired(String key, StoredSession session, long deadline, int attempt) {}
}
