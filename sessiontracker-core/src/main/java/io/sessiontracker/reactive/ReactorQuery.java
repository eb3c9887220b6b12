package io.sessiontracker.reactive;

import io.sessiontracker.AsyncSessionQuery;
import io.sessiontracker.Session;
import io.sessiontracker.SessionPage;
import io.sessiontracker.filter.SessionFilter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A query, for Reactor. */
record ReactorQuery<S extends Session>(AsyncSessionQuery<S> query) implements ReactiveSessionQuery<S> {

    @Override
    public ReactiveSessionQuery<S> where(String filter) {
        return new ReactorQuery<>(query.where(filter));
    }

    @Override
    public ReactiveSessionQuery<S> where(SessionFilter filter) {
        return new ReactorQuery<>(query.where(filter));
    }

    @Override
    public ReactiveSessionQuery<S> finished() {
        return new ReactorQuery<>(query.finished());
    }

    @Override
    public ReactiveSessionQuery<S> pageSize(int size) {
        return new ReactorQuery<>(query.pageSize(size));
    }

    @Override
    public ReactiveSessionQuery<S> after(@Nullable String cursor) {
        return new ReactorQuery<>(query.after(cursor));
    }

    @Override
    public Mono<SessionPage<S>> page() {
        return Calls.mono(query::page);
    }

    // A page is asked for when all of the one before it was requested.
    @Override
    public Flux<S> stream() {
        return page().expand(page -> page.nextCursor() == null
                        ? Mono.empty()
                        : Calls.mono(() -> query.after(page.nextCursor()).page()))
                .concatMapIterable(SessionPage::sessions, 1);
    }

    @Override
    public Mono<Long> count() {
        return Calls.mono(query::count);
    }

    @Override
    public Mono<Long> finishAll() {
        return Calls.mono(query::finishAll);
    }

    @Override
    public Mono<Long> deleteAll() {
        return Calls.mono(query::deleteAll);
    }
}
