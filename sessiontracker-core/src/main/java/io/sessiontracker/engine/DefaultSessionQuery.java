package io.sessiontracker.engine;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.sessiontracker.Session;
import io.sessiontracker.SessionPage;
import io.sessiontracker.SessionQuery;
import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;

/** A query, immutable; the blocking API and what the async API is made of. */
record DefaultSessionQuery<S extends Session>(
        SessionQueries queries,
        SessionTypeInfo<S> info,
        @Nullable SessionFilter filter,
        boolean ofFinished,
        boolean isNewestFirst,
        int size,
        @Nullable String cursor)
        implements SessionQuery<S> {

    private static final int DEFAULT_PAGE_SIZE = 50;
    private static final int MAX_PAGE_SIZE = 1000;

    DefaultSessionQuery(SessionQueries queries, SessionTypeInfo<S> info) {
        this(queries, info, null, false, false, DEFAULT_PAGE_SIZE, null);
    }

    @Override
    public DefaultSessionQuery<S> where(String other) {
        return narrowed(info.propertyNames()
                .map(names -> SessionFilter.parse(other, names))
                .orElseGet(() -> SessionFilter.parse(other)));
    }

    @Override
    public DefaultSessionQuery<S> where(SessionFilter other) {
        Objects.requireNonNull(other, "The filter must not be null");
        return narrowed(info.propertyNames()
                .map(names -> SessionFilter.parse(other.toString(), names))
                .orElse(other));
    }

    private DefaultSessionQuery<S> narrowed(SessionFilter other) {
        SessionFilter both =
                FilterTerms.requireFew(info.blind().requireFindable(filter == null ? other : filter.and(other)));
        return new DefaultSessionQuery<>(queries, info, both, ofFinished, isNewestFirst, size, cursor);
    }

    @Override
    public DefaultSessionQuery<S> finished() {
        return new DefaultSessionQuery<>(queries, info, filter, true, isNewestFirst, size, cursor);
    }

    @Override
    public DefaultSessionQuery<S> newestFirst() {
        return new DefaultSessionQuery<>(queries, info, filter, ofFinished, true, size, cursor);
    }

    @Override
    public DefaultSessionQuery<S> pageSize(int pageSize) {
        if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
            throw new IllegalArgumentException(
                    "A page size must be within 1 and %d; it is %d".formatted(MAX_PAGE_SIZE, pageSize));
        }
        return new DefaultSessionQuery<>(queries, info, filter, ofFinished, isNewestFirst, pageSize, cursor);
    }

    @Override
    public DefaultSessionQuery<S> after(@Nullable String nextCursor) {
        return new DefaultSessionQuery<>(queries, info, filter, ofFinished, isNewestFirst, size, nextCursor);
    }

    @Override
    public SessionPage<S> page() {
        return Futures.join(askPage());
    }

    CompletionStage<SessionPage<S>> askPage() {
        return queries.page(info, scan(own()), size, fingerprint());
    }

    @Override
    public Stream<S> stream() {
        Iterator<List<S>> batches = new SessionBatches<>(queries, info, scan(own()), size);
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(batches, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .flatMap(List::stream);
    }

    CompletionStage<@Nullable Void> askEach(Consumer<? super S> action) {
        Objects.requireNonNull(action, "The action must not be null");
        FilteredScan scan = scan(own());
        return AsyncLoops.repeat(() -> queries.batch(info, scan, size).thenApply(batch -> {
            Futures.application(() -> {
                batch.forEach(action);
                return true;
            });
            return !batch.isEmpty();
        }));
    }

    @Override
    public long count() {
        return Futures.join(askCount());
    }

    CompletionStage<Long> askCount() {
        SessionFilter own = own();
        return own == null && cursor == null ? queries.count(info, ofFinished) : queries.count(info, scan(own));
    }

    @Override
    public long finishAll() {
        return Futures.join(askFinishAll());
    }

    CompletionStage<Long> askFinishAll() {
        if (ofFinished) {
            throw new IllegalStateException("These sessions are finished already; deleteAll() removes them");
        }
        SessionFilter own = requireOwn("finishAll");
        return queries.finishAll(info, scan(own), own);
    }

    @Override
    public long deleteAll() {
        return Futures.join(askDeleteAll());
    }

    CompletionStage<Long> askDeleteAll() {
        SessionFilter own = requireOwn("deleteAll");
        return queries.deleteAll(info, scan(own), own, ofFinished);
    }

    private SessionFilter requireOwn(String operation) {
        SessionFilter own = own();
        if (filter == null || own == null) {
            throw new IllegalStateException(
                    operation + "() needs a where(…); to mean every session of the type, say where(\"all\")");
        }
        return own;
    }

    /** For the caller of this thread. */
    private @Nullable SessionFilter own() {
        return queries.own(info, filter);
    }

    private FilteredScan scan(@Nullable SessionFilter own) {
        String after = cursor == null ? null : QueryCursor.decode(fingerprint(), cursor);
        return queries.scan(
                info,
                new SessionScan(info.name(), ofFinished, after, size, own, info.indexedProperties(), isNewestFirst));
    }

    private String fingerprint() {
        return (isNewestFirst ? "NEWEST/" : "") + QueryCursor.query(info.name(), ofFinished, filter);
    }
}
