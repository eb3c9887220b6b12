package io.sessiontracker.spi;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One step of a walk through the sessions of a type: by bucket, within a bucket by start, and then by key as its UTF-8 bytes
 * compare. That order never changes while a session lives, so a walk that goes on from a position meets every session that
 * lives throughout exactly once.
 *
 * @param type the session type's name
 * @param finished whether the finished sessions are meant, or the running ones
 * @param after the position to go on from; null to begin
 * @param limit how many sessions to answer at the most; positive
 * @param clauses conditions each of which holds for every session that is wanted. A store may use one of them to look at
 *     fewer, and need not: who asks checks what it gets
 */
public record SessionScan(
        String type, boolean finished, @Nullable Position after, int limit, List<Clause> clauses) {

    /** Checks the limit, and copies the list. */
    public SessionScan {
        if (limit < 1) {
            throw new IllegalArgumentException("The limit must be positive; it is " + limit);
        }
        clauses = List.copyOf(clauses);
    }

    /**
     * Where a session is in the walk.
     *
     * @param bucket its {@link SessionAddress#bucket}
     * @param startedAt its start, milliseconds since the epoch
     * @param key its key
     */
    public record Position(int bucket, long startedAt, String key) {}

    /**
     * The property has one of the values.
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
     * What was met.
     *
     * @param sessions in the walk's order; may be fewer than the limit, or none, although the walk goes on
     * @param unreadable what was met as well, but cannot be read
     * @param next where it goes on; null at the end
     */
    public record Reply(
            List<Item> sessions,
            List<Unreadable> unreadable,
            @Nullable Position next) {

        /** Of sessions that can all be read. */
        public Reply(List<Item> sessions, @Nullable Position next) {
            this(sessions, List.of(), next);
        }

        /** Copies the lists. */
        public Reply {
            sessions = List.copyOf(sessions);
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * A session that the store cannot read, and that keeps no other from being met.
     *
     * @param key its key
     * @param cause why it cannot be read; says nothing of its state
     */
    public record Unreadable(String key, RuntimeException cause) {}

    /** One session of the walk. */
    public record Item(String key, StoredSession session) {

        /** Where it is. */
        public Position position(String type) {
            return new Position(new SessionAddress(type, key).bucket(), session.startedAt(), key);
        }
    }
}
