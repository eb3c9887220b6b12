package io.sessiontracker.engine;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.sessiontracker.AsyncSessionQuery;
import io.sessiontracker.Session;
import io.sessiontracker.SessionPage;
import io.sessiontracker.filter.SessionFilter;
import org.jspecify.annotations.Nullable;

import static io.sessiontracker.engine.Stages.answer;

/** The face of a query that waits for nothing. */
record NonBlockingQuery<S extends Session>(StoreQuery<S> query) implements AsyncSessionQuery<S> {

    @Override
    public AsyncSessionQuery<S> where(String filter) {
        return new NonBlockingQuery<>(query.where(filter));
    }

    @Override
    public AsyncSessionQuery<S> where(SessionFilter filter) {
        return new NonBlockingQuery<>(query.where(filter));
    }

    @Override
    public AsyncSessionQuery<S> finished() {
        return new NonBlockingQuery<>(query.finished());
    }

    @Override
    public AsyncSessionQuery<S> pageSize(int size) {
        return new NonBlockingQuery<>(query.pageSize(size));
    }

    @Override
    public AsyncSessionQuery<S> after(@Nullable String cursor) {
        return new NonBlockingQuery<>(query.after(cursor));
    }

    @Override
    public CompletableFuture<SessionPage<S>> page() {
        return answer(query.askPage());
    }

    @Override
    public CompletableFuture<@Nullable Void> forEach(Consumer<? super S> action) {
        return answer(query.askEach(action));
    }

    @Override
    public CompletableFuture<Long> count() {
        return answer(query.askCount());
    }

    @Override
    public CompletableFuture<Long> finishAll() {
        return answer(query.askFinishAll());
    }

    @Override
    public CompletableFuture<Long> deleteAll() {
        return answer(query.askDeleteAll());
    }
}
