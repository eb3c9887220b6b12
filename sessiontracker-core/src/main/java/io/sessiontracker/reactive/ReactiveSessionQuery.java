package io.sessiontracker.reactive;

import com.google.errorprone.annotations.CheckReturnValue;
import io.sessiontracker.Session;
import io.sessiontracker.SessionPage;
import io.sessiontracker.SessionQuery;
import io.sessiontracker.filter.SessionFilter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@link SessionQuery} for callers that do not wait. Immutable: each of the first methods answers another query. What is wrong
 * with the query is thrown by these methods; the others signal it as an error.
 *
 * @param <S> the sessions' class
 */
@CheckReturnValue
public interface ReactiveSessionQuery<S extends Session> {

    /** See {@link SessionQuery#where(String)}. */
    ReactiveSessionQuery<S> where(String filter);

    /** See {@link SessionQuery#where(SessionFilter)}. */
    ReactiveSessionQuery<S> where(SessionFilter filter);

    /** See {@link SessionQuery#finished}. */
    ReactiveSessionQuery<S> finished();

    /** See {@link SessionQuery#newestFirst}. */
    ReactiveSessionQuery<S> newestFirst();

    /** See {@link SessionQuery#pageSize}. */
    ReactiveSessionQuery<S> pageSize(int size);

    /** See {@link SessionQuery#after}. */
    ReactiveSessionQuery<S> after(@Nullable String cursor);

    /** See {@link SessionQuery#page}. */
    Mono<SessionPage<S>> page();

    /** All, read page by page as they are requested. */
    Flux<S> stream();

    /** See {@link SessionQuery#count}. */
    Mono<Long> count();

    /** See {@link SessionQuery#finishAll}. */
    Mono<Long> finishAll();

    /** See {@link SessionQuery#deleteAll}. */
    Mono<Long> deleteAll();
}
