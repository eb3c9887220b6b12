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
 * with the query is thrown by these; the others give it as an error signal.
 *
 * @param <S> the sessions' class
 */
@CheckReturnValue
public interface ReactiveSessionQuery<S extends Session> {

    /** As {@link SessionQuery#where(String)}. */
    ReactiveSessionQuery<S> where(String filter);

    /** As {@link SessionQuery#where(SessionFilter)}. */
    ReactiveSessionQuery<S> where(SessionFilter filter);

    /** As {@link SessionQuery#finished}. */
    ReactiveSessionQuery<S> finished();

    /** As {@link SessionQuery#pageSize}. */
    ReactiveSessionQuery<S> pageSize(int size);

    /** As {@link SessionQuery#after}. */
    ReactiveSessionQuery<S> after(@Nullable String cursor);

    /** As {@link SessionQuery#page}. */
    Mono<SessionPage<S>> page();

    /** All, read page by page as they are requested. */
    Flux<S> stream();

    /** As {@link SessionQuery#count}. */
    Mono<Long> count();

    /** As {@link SessionQuery#finishAll}. */
    Mono<Long> finishAll();

    /** As {@link SessionQuery#deleteAll}. */
    Mono<Long> deleteAll();
}
