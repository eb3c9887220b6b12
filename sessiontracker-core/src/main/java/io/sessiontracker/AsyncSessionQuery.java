package io.sessiontracker;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import com.google.errorprone.annotations.CheckReturnValue;
import io.sessiontracker.filter.SessionFilter;
import org.jspecify.annotations.Nullable;

/**
 * {@link SessionQuery} for callers that do not wait. Immutable: each of the first methods answers another query. What is wrong
 * with the query is thrown, before anything is sent.
 *
 * @param <S> the sessions' class
 */
@CheckReturnValue
public interface AsyncSessionQuery<S extends Session> {

    /** As {@link SessionQuery#where(String)}. */
    AsyncSessionQuery<S> where(String filter);

    /** As {@link SessionQuery#where(SessionFilter)}. */
    AsyncSessionQuery<S> where(SessionFilter filter);

    /** As {@link SessionQuery#finished}. */
    AsyncSessionQuery<S> finished();

    /** As {@link SessionQuery#pageSize}. */
    AsyncSessionQuery<S> pageSize(int size);

    /** As {@link SessionQuery#after}. */
    AsyncSessionQuery<S> after(@Nullable String cursor);

    /** As {@link SessionQuery#page}. */
    CompletableFuture<SessionPage<S>> page();

    /**
     * Calls the consumer with each session, one after the other, and reads page by page as that goes on.
     *
     * @param action is called by a worker; what it throws ends the walk, and is what the answer fails with
     */
    CompletableFuture<@Nullable Void> forEach(Consumer<? super S> action);

    /** As {@link SessionQuery#count}. */
    CompletableFuture<Long> count();

    /** As {@link SessionQuery#finishAll}. */
    CompletableFuture<Long> finishAll();

    /** As {@link SessionQuery#deleteAll}. */
    CompletableFuture<Long> deleteAll();
}
