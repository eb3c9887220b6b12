package io.sessiontracker.reactive;

import io.sessiontracker.AsyncSessionQuery;
import io.sessiontracker.Session;
import io.sessiontracker.SessionPage;
import io.sessiontracker.TrackerMethod;
import io.sessiontracker.filter.SessionFilter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The reactive API of a query. */
record DefaultReactiveSessionQuery<S extends Session>(AsyncSessionQuery<S> query, Class<S> type, AuthorizedCalls calls)
        implements ReactiveSessionQuery<S> {

    @Override
    public ReactiveSessionQuery<S> where(String filter) {
        return with(query.where(filter));
    }

    @Override
    public ReactiveSessionQuery<S> where(SessionFilter filter) {
        return with(query.where(filter));
    }

    @Override
    public ReactiveSessionQuery<S> finished() {
        return with(query.finished());
    }

    @Override
    public ReactiveSessionQuery<S> newestFirst() {
        return with(query.newestFirst());
    }

    @Override
    public ReactiveSessionQuery<S> pageSize(int size) {
        return with(query.pageSize(size));
    }

    @Override
    public ReactiveSessionQuery<S> after(@Nullable String cursor) {
        return with(query.after(cursor));
    }

    @Override
    public Mono<SessionPage<S>> page() {
        return calls.mono(TrackerMethod.PAGE, type, (String) null, query::page);
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
        return calls.mono(TrackerMethod.COUNT, type, (String) null, query::count);
    }

    @Override
    public Mono<Long> finishAll() {
        return calls.mono(TrackerMethod.FINISH_ALL, type, (String) null, query::finishAll);
    }

    @Override
    public Mono<Long> deleteAll() {
        return calls.mono(TrackerMethod.DELETE_ALL, type, (String) null, query::deleteAll);
    }

    private ReactiveSessionQuery<S> with(AsyncSessionQuery<S> changed) {
        return new DefaultReactiveSessionQuery<>(changed, type, calls);
    }
}
