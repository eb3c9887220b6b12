package io.sessiontracker;

import java.util.stream.Stream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.sessiontracker.filter.SessionFilter;
import org.jspecify.annotations.Nullable;

/**
 * Finds the sessions of a type, and ends them. Immutable: each of the first methods answers another query.
 *
 * <p>Sessions come by start, the oldest first, within each of the parts that the key space is divided into. A session that
 * starts or ends meanwhile may or may not be found; one that lives throughout is found exactly once. Nothing here touches a
 * sliding expiration.
 *
 * <p>A session whose state cannot be read is left out, logged, and told as
 * {@link io.sessiontracker.event.SessionTrackerError}, so that it hides no other; it is counted, and ended, like any other.
 *
 * @param <S> the sessions' class
 */
@CheckReturnValue
public interface SessionQuery<S extends Session> {

    /**
     * Those that the filter matches, of those that this query finds.
     *
     * @throws io.sessiontracker.filter.SessionFilterSyntaxException if it is no filter; see {@link SessionFilter} for the language
     */
    SessionQuery<S> where(String filter);

    /** Those that the filter matches, of those that this query finds. */
    SessionQuery<S> where(SessionFilter filter);

    /** The finished sessions in place of the running ones. */
    SessionQuery<S> finished();

    /**
     * How many sessions a page has, and a stream reads at a time; 50 unless this says otherwise.
     *
     * @throws IllegalArgumentException if it is not within 1 and 1,000
     */
    SessionQuery<S> pageSize(int size);

    /**
     * Begins where a page of this query ended; null at the beginning. The page size may be another. If the cursor is none, or
     * of another type, filter or store, what comes last is an {@link IllegalArgumentException}, and does nothing.
     */
    SessionQuery<S> after(@Nullable String cursor);

    /** One page. */
    SessionPage<S> page();

    /** All, read page by page as they are asked for. */
    Stream<S> stream();

    /** How many there are; does not read them where there is no filter. */
    long count();

    /**
     * Finishes each, in a step of its own, and only while it matches.
     *
     * @return how many were finished
     * @throws IllegalStateException without a {@code where}, say {@code where("all")} to mean every session; and for
     *     {@link #finished} sessions
     */
    @CanIgnoreReturnValue
    long finishAll();

    /**
     * Deletes each, in a step of its own, and only while it matches. Of a key's running and finished session only the one that
     * was asked for goes.
     *
     * @return how many were deleted
     * @throws IllegalStateException without a {@code where}; say {@code where("all")} to mean every session
     */
    @CanIgnoreReturnValue
    long deleteAll();
}
