package io.sessiontracker;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import com.google.errorprone.annotations.CheckReturnValue;
import io.sessiontracker.filter.SessionFilter;
import org.jspecify.annotations.Nullable;

/**
 * The non-blocking form of {@link SessionQuery}. Immutable: the methods that narrow a query return a new one. An invalid
 * query is thrown before anything is sent.
 *
 * @param <S> the sessions' class
 */
@CheckReturnValue
public interface AsyncSessionQuery<S extends Session> {

    /** See {@link SessionQuery#where(String)}. */
    AsyncSessionQuery<S> where(String filter);

    /** See {@link SessionQuery#where(SessionFilter)}. */
    AsyncSessionQuery<S> where(SessionFilter filter);

    /** See {@link SessionQuery#finished}. */
    AsyncSessionQuery<S> finished();

    /** See {@link SessionQuery#newestFirst}. */
    AsyncSessionQuery<S> newestFirst();

    /** See {@link SessionQuery#pageSize}. */
    AsyncSessionQuery<S> pageSize(int size);

    /** See {@link SessionQuery#after}. */
    AsyncSessionQuery<S> after(@Nullable String cursor);

    /** See {@link SessionQuery#page}. */
    CompletableFuture<SessionPage<S>> page();

    /**
     * Calls the consumer with each session, one after the other, reading page by page.
     *
     * @param action called by a worker; an exception ends the scan and completes the future exceptionally
     */
    CompletableFuture<@Nullable Void> forEach(Consumer<? super S> action);

    /** See {@link SessionQuery#count}. */
    CompletableFuture<Long> count();

    /** See {@link SessionQuery#finishAll}. */
    CompletableFuture<Long> finishAll();

    /** See {@link SessionQuery#deleteAll}. */
    CompletableFuture<Long> deleteAll();
}
