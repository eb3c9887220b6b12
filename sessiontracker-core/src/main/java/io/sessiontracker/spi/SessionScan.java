package io.sessiontracker.spi;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A request for a page of the sessions of a type, in the order of their buckets, within a bucket by start, and then by key as its
 * UTF-8 bytes compare. That order never changes while a session lives, so a scan that goes on from a cursor returns every session
 * that lives throughout exactly once.
 *
 * @param type the session type's name
 * @param finished whether to read the finished sessions, or the running ones
 * @param after the {@linkplain Item#cursor cursor} to go on after; null to begin
 * @param limit how many sessions to answer at the most; positive
 * @param clauses conditions each of which holds for every session that is wanted. A store may use one of them to read
 *     fewer, and need not: the caller filters the reply
 */
public record SessionScan(
        String type, boolean finished, @Nullable String after, int limit, List<Clause> clauses) {

    /** Checks the limit, and copies the list. */
    public SessionScan {
        if (limit < 1) {
            throw new IllegalArgumentException("The limit must be positive; it is " + limit);
        }
        clauses = List.copyOf(clauses);
    }

    /**
     * The condition that a property has one of some values.
     *
     * @param property an indexed one
     * @param values if empty, no session is wanted
     */
    public record Clause(String property, Set<String> values) {

        /** Copies the set. */
        public Clause {
            values = Set.copyOf(values);
        }
    }

    /**
     * A page of a scan.
     *
     * @param sessions in the scan's order; may be fewer than the limit, or none, although the scan goes on
     * @param unreadable sessions of this page that cannot be read
     * @param next the cursor to go on after; null at the end
     */
    public record Reply(
            List<Item> sessions,
            List<Unreadable> unreadable,
            @Nullable String next) {

        /** Creates a page of sessions that can all be read. */
        public Reply(List<Item> sessions, @Nullable String next) {
            this(sessions, List.of(), next);
        }

        /** Copies the lists. */
        public Reply {
            sessions = List.copyOf(sessions);
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * A session that the store cannot read; it affects no other.
     *
     * @param key its key
     * @param cause why it cannot be read; says nothing of its state
     */
    public record Unreadable(String key, RuntimeException cause) {}

    /**
     * A session of the scan.
     *
     * @param key its key
     * @param session the session as it is stored
     * @param cursor the position of the session, from which another process can go on, too. Only the store knows its meaning
     */
    public record Item(String key, StoredSession session, String cursor) {}
}
