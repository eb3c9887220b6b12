package io.sessiontracker.engine;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.sessiontracker.AsyncSessionQuery;
import io.sessiontracker.Session;
import io.sessiontracker.SessionPage;
import io.sessiontracker.filter.SessionFilter;
import org.jspecify.annotations.Nullable;

/** The async API of a query. */
record DefaultAsyncSessionQuery<S extends Session>(DefaultSessionQuery<S> query, CallbackExecutor workers)
        implements AsyncSessionQuery<S> {

    @Override
    public AsyncSessionQuery<S> where(String filter) {
        return new DefaultAsyncSessionQuery<>(query.where(filter), workers);
    }

    @Override
    public AsyncSessionQuery<S> where(SessionFilter filter) {
        return new DefaultAsyncSessionQuery<>(query.where(filter), workers);
    }

    @Override
    public AsyncSessionQuery<S> finished() {
        return new DefaultAsyncSessionQuery<>(query.finished(), workers);
    }

    @Override
    public AsyncSessionQuery<S> newestFirst() {
        return new DefaultAsyncSessionQuery<>(query.newestFirst(), workers);
    }

    @Override
    public AsyncSessionQuery<S> pageSize(int size) {
        return new DefaultAsyncSessionQuery<>(query.pageSize(size), workers);
    }

    @Override
    public AsyncSessionQuery<S> after(@Nullable String cursor) {
        return new DefaultAsyncSessionQuery<>(query.after(cursor), workers);
    }

    @Override
    public CompletableFuture<SessionPage<S>> page() {
        return workers.ask(query::askPage);
    }

    @Override
    public CompletableFuture<@Nullable Void> forEach(Consumer<? super S> action) {
        return workers.ask(() -> query.askEach(action));
    }

    @Override
    public CompletableFuture<Long> count() {
        return workers.ask(query::askCount);
    }

    @Override
    public CompletableFuture<Long> finishAll() {
        return workers.ask(query::askFinishAll);
    }

    @Override
    public CompletableFuture<Long> deleteAll() {
        return workers.ask(query::askDeleteAll);
    }
}
