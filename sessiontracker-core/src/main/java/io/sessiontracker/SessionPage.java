package io.sessiontracker;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of a query's result.
 *
 * @param sessions fresh copies, oldest first within a part of the key space; as many as the page size, or fewer on the
 *     last page
 * @param nextCursor where the next page begins, for {@link SessionQuery#after} of the same query on any instance; null on
 *     the last page
 * @param <S> the sessions' class
 */
public record SessionPage<S extends Session>(
        List<S> sessions, @Nullable String nextCursor) {

    /** Copies the list. */
    public SessionPage {
        sessions = List.copyOf(sessions);
    }
}
