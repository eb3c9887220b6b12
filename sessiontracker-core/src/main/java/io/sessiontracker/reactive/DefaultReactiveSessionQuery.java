package io.sessiontracker.reactive;

import io.sessiontracker.AsyncSessionQuery;
import io.sessiontracker.Session;
import io.sessiontracker.SessionPage;
import io.sessiontracker.filter.SessionFilter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The reactive API of a query. */
record DefaultReactiveSessionQuery<S extends Session>(AsyncSessionQuery<S> query) implements ReactiveSessionQuery<S> {

    @Override
    public ReactiveSessionQuery<S> where(String filter) {
        return new DefaultReactiveSessionQuery<>(query.where(filter));
    }

    @Override
    public ReactiveSessionQuery<S> where(SessionFilter filter) {
        return new DefaultReactiveSessionQuery<>(query.where(filter));
    }

    @Override
    public ReactiveSessionQuery<S> finished() {
        return new DefaultReactiveSessionQuery<>(query.finished());
    }

    @Override
    public ReactiveSessionQuery<S> newestFirst() {
        return new DefaultReactiveSessionQuery<>(query.newestFirst());
    }

    @Override
    public ReactiveSessionQuery<S> pageSize(int size) {
        return new DefaultReactiveSessionQuery<>(query.pageSize(size));
    }

    @Override
    public ReactiveSessionQuery<S> after(@Nullable String cursor) {
        return new DefaultReactiveSessionQuery<>(query.after(cursor));
    }

    @Override
    public Mono<SessionPage<S>> page() {
        return DeferredCalls.mono(query::page);
    }

    // A page is asked for when all of the one before it was requested.
    @Override
    public Flux<S> stream() {
        return page().expand(page -> Mono.justOrEmpty(page.nextCursor())
                        .flatMap(cursor -> after(cursor).page()))
                .concatMapIterable(SessionPage::sessions, 1);
    }

    @Override
    public Mono<Long> count() {
        return DeferredCalls.mono(query::count);
    }

    @Override
    public Mono<Long> finishAll() {
        return DeferredCalls.mono(query::finishAll);
    }

    @Override
    public Mono<Long> deleteAll() {
        return DeferredCalls.mono(query::deleteAll);
    }
}
