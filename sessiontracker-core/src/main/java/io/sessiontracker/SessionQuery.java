package io.sessiontracker;

import java.util.stream.Stream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.sessiontracker.filter.SessionFilter;
import org.jspecify.annotations.Nullable;

/**
 * Finds the sessions of a type, and ends them. Immutable: the methods that narrow a query return a new one.
 *
 * <p>Sessions are ordered by start, oldest first, within each of the parts into which the key space is divided. A session
 * that starts or ends meanwhile may or may not be found; one that lives throughout is found exactly once. Queries never
 * restart a sliding expiration.
 *
 * <p>A session whose state cannot be read is left out, logged, and published as {@link
 * io.sessiontracker.event.SessionTrackerError}, so that it hides no other session; it is counted, finished and deleted
 * like any other.
 *
 * @param <S> the sessions' class
 */
@CheckReturnValue
public interface SessionQuery<S extends Session> {

    /**
     * Narrows the query to sessions that match the filter; several filters are joined by {@code and}.
     *
     * @throws io.sessiontracker.filter.SessionFilterSyntaxException if the filter does not parse, see {@link SessionFilter} for the
     *     language, or names a property that a class with {@link SessionProperty} fields cannot have
     * @throws IllegalArgumentException if the query's filters have more than 10,000 conditions and values
     */
    SessionQuery<S> where(String filter);

    /**
     * Narrows the query to sessions that match the filter; several filters are joined by {@code and}.
     *
     * @throws io.sessiontracker.filter.SessionFilterSyntaxException if the filter names a property that a class with {@link
     *     SessionProperty} fields cannot have; its position is that in the filter's text
     * @throws IllegalArgumentException if the query's filters have more than 10,000 conditions and values
     */
    SessionQuery<S> where(SessionFilter filter);

    /** Queries the finished sessions instead of the running ones. */
    SessionQuery<S> finished();

    /**
     * Reads the sessions that were started last first, of all that match; without it, each bucket of keys' oldest first, bucket by
     * bucket, which costs less. Sessions that start meanwhile come before the first page. It means nothing to a count, and to
     * {@code finishAll} and {@code deleteAll} only their order.
     */
    SessionQuery<S> newestFirst();

    /**
     * Sets how many sessions a page has, and a stream reads at a time; 50 by default.
     *
     * @throws IllegalArgumentException if it is not between 1 and 1,000
     */
    SessionQuery<S> pageSize(int size);

    /**
     * Continues after a page of this query; null starts at the beginning. The page size may differ. A string that is no
     * cursor, or one of another type, filter, order or store, makes the reading call throw an {@link IllegalArgumentException}
     * before anything is read.
     */
    SessionQuery<S> after(@Nullable String cursor);

    /** Reads one page. */
    SessionPage<S> page();

    /** Reads all sessions lazily, page by page. */
    Stream<S> stream();

    /** Returns the number of sessions; reads them only if there is a filter. */
    long count();

    /**
     * Finishes every session that matches, each in an atomic step of its own that checks the filter again.
     *
     * @return the number of sessions that were finished
     * @throws IllegalStateException without a {@code where} (say {@code where("all")} to mean every session), and for
     *     {@link #finished} sessions
     */
    @CanIgnoreReturnValue
    long finishAll();

    /**
     * Deletes every session that matches, each in an atomic step of its own that checks the filter again. Deletes only
     * the queried one of a key's running and finished session.
     *
     * @return the number of sessions that were deleted
     * @throws IllegalStateException without a {@code where}; say {@code where("all")} to mean every session
     */
    @CanIgnoreReturnValue
    long deleteAll();
}
