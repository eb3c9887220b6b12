package io.sessiontracker.spi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.sessiontracker.filter.SessionFilter;
import org.jspecify.annotations.Nullable;

/**
 * A request for a page of the sessions of a type, in the order of their buckets, within a bucket by start, and then by key as its
 * UTF-8 bytes compare; or the newest first, by start, then bucket, then key, all descending. That order never changes while a session
 * lives, so a scan that goes on from a cursor returns every session that lives throughout exactly once.
 *
 * @param type the session type's name
 * @param finished whether to read the finished sessions, or the running ones
 * @param after the {@linkplain Item#cursor cursor} to go on after; null to begin
 * @param limit how many sessions to answer at the most; positive
 * @param filter the condition for the sessions that are wanted; null for all. A store applies what it can do better than its caller,
 *     and answers the {@linkplain Reply#residual rest}
 * @param indexed the names of the properties that this process indexes. Others may index others, so a store relies on an index only
 *     for a session that has an entry for the property
 * @param newestFirst which of the two orders; a cursor belongs to the one it came with
 */
public record SessionScan(
        String type,
        boolean finished,
        @Nullable String after,
        int limit,
        @Nullable SessionFilter filter,
        Set<String> indexed,
        boolean newestFirst) {

    /** Checks the limit, and copies the set. */
    public SessionScan {
        if (limit < 1) {
            throw new IllegalArgumentException("The limit must be positive; it is " + limit);
        }
        indexed = Set.copyOf(indexed);
    }

    /** Creates a scan by bucket. */
    public SessionScan(
            String type,
            boolean finished,
            @Nullable String after,
            int limit,
            @Nullable SessionFilter filter,
            Set<String> indexed) {
        this(type, finished, after, limit, filter, indexed, false);
    }

    /** Creates a scan by bucket without a filter. */
    public SessionScan(String type, boolean finished, @Nullable String after, int limit) {
        this(type, finished, after, limit, null, Set.of());
    }

    /** Returns the request for another page of the same scan. */
    public SessionScan page(@Nullable String position, int size) {
        return new SessionScan(type, finished, position, size, filter, indexed, newestFirst);
    }

    /**
     * Returns the indexed properties that the filter limits to some values, with these values. Each is a condition that every
     * wanted session meets, and not the whole filter: a store may use one of them to read fewer.
     */
    public Map<String, Set<String>> requiredValues() {
        Map<String, Set<String>> required = new HashMap<>();
        if (filter != null) {
            indexed.forEach(
                    property -> filter.requiredValues(property).ifPresent(values -> required.put(property, values)));
        }
        return required;
    }

    /** Returns whether a filter matches a session of this scan. */
    public boolean matches(SessionFilter condition, Item item) {
        return matches(condition, type, item);
    }

    /** Returns whether a filter matches a session of that type. */
    public static boolean matches(SessionFilter condition, String type, Item item) {
        StoredSession session = item.session();
        return condition.matches(name -> switch (name) {
            case "$Key" -> item.key();
            case "$Id" -> session.version().id();
            case "$Type" -> type;
            case "$Version" -> Long.toString(session.version().version());
            case "$StartTime" -> Long.toString(session.startedAt());
            default -> session.data().properties().get(name);
        });
    }

    /**
     * A page of a scan.
     *
     * @param sessions in the scan's order; may be fewer than the limit, or none, although the scan goes on
     * @param unreadable sessions of this page that cannot be read
     * @param next the cursor to go on after; null at the end
     * @param residual the condition that the caller has yet to check of these sessions: the scan's whole filter, or the rest of it;
     *     null if every one of them matches the filter
     */
    public record Reply(
            List<Item> sessions,
            List<Unreadable> unreadable,
            @Nullable String next,
            @Nullable SessionFilter residual) {

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
