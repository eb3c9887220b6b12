package io.sessiontracker.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

import io.sessiontracker.Session;
import io.sessiontracker.SessionPage;
import io.sessiontracker.TrackerMethod;
import io.sessiontracker.event.SessionTrackerError;
import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.spi.SessionOwner;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;

/** Runs queries: pages, streams, counts and bulk operations over {@linkplain FilteredScan scans}. */
record SessionQueries(
        DispatchingDataProvider store,
        SessionTransitions transitions,
        StoreReplyMapper replies,
        SessionEvents events,
        OperationObserver observer) {

    private static final int COUNTED_AT_ONCE = 100;

    FilteredScan scan(SessionTypeInfo<?> info, SessionScan begin) {
        return new FilteredScan(
                store, begin, unreadable -> reportUnreadable(info, unreadable.key(), unreadable.cause()));
    }

    /** Returns that filter as the store knows it, narrowed to the sessions that the caller of this thread may use; null for all. */
    @Nullable
    SessionFilter own(SessionTypeInfo<?> info, @Nullable SessionFilter filter) {
        SessionFilter stored = filter == null ? null : info.blind().stored(filter);
        SessionOwner owner = observer.owner(info);
        if (owner == null) {
            return stored;
        }
        SessionFilter own = SessionFilter.property(owner.property()).in(owner.values());
        return stored == null ? own : own.and(stored);
    }

    /** Returns a page. One session more than the page is read, to know whether the page is the last. */
    <S extends Session> CompletionStage<SessionPage<S>> page(
            SessionTypeInfo<S> info, FilteredScan scan, int size, String query) {
        return observer.call(TrackerMethod.PAGE, info, null, () -> readPage(info, scan, size, query));
    }

    private <S extends Session> CompletionStage<SessionPage<S>> readPage(
            SessionTypeInfo<S> info, FilteredScan scan, int size, String query) {
        List<S> sessions = new ArrayList<>();
        List<String> cursors = new ArrayList<>();
        return AsyncLoops.repeat(() -> scan.next(size + 1 - sessions.size()).thenApply(batch -> {
                    for (SessionScan.Item item : batch) {
                        S session = read(info, item);
                        if (session != null) {
                            sessions.add(session);
                            cursors.add(item.cursor());
                        }
                    }
                    return !batch.isEmpty() && sessions.size() <= size;
                }))
                .thenApply(nothing -> sessions.size() <= size
                        ? new SessionPage<>(sessions, null)
                        : new SessionPage<>(
                                sessions.subList(0, size), QueryCursor.encode(query, cursors.get(size - 1))));
    }

    /** Returns the next readable sessions; none only at the end. */
    <S extends Session> CompletionStage<List<S>> batch(SessionTypeInfo<S> info, FilteredScan scan, int size) {
        return observer.call(TrackerMethod.STREAM, info, null, () -> readBatch(info, scan, size));
    }

    private <S extends Session> CompletionStage<List<S>> readBatch(
            SessionTypeInfo<S> info, FilteredScan scan, int size) {
        List<S> sessions = new ArrayList<>();
        return AsyncLoops.repeat(() -> scan.next(size).thenApply(batch -> {
                    for (SessionScan.Item item : batch) {
                        S session = read(info, item);
                        if (session != null) {
                            sessions.add(session);
                        }
                    }
                    return !batch.isEmpty() && sessions.isEmpty();
                }))
                .thenApply(nothing -> sessions);
    }

    private <S extends Session> @Nullable S read(SessionTypeInfo<S> info, SessionScan.Item item) {
        try {
            return replies.copy(info.address(item.key()), info, item.session());
        } catch (RuntimeException unreadable) {
            reportUnreadable(info, item.key(), unreadable);
            return null;
        }
    }

    private void reportUnreadable(SessionTypeInfo<?> info, String key, RuntimeException cause) {
        events.report(
                new SessionTrackerError("A query leaves out a session that cannot be read", info.name(), key, cause));
    }

    CompletionStage<Long> count(SessionTypeInfo<?> info, boolean finished) {
        return observer.call(TrackerMethod.COUNT, info, null, () -> store.count(info.name(), finished));
    }

    CompletionStage<Long> count(SessionTypeInfo<?> info, FilteredScan scan) {
        return observer.call(TrackerMethod.COUNT, info, null, () -> {
            AtomicLong count = new AtomicLong();
            return AsyncLoops.repeat(() -> scan.next(COUNTED_AT_ONCE).thenApply(batch -> {
                        count.addAndGet(batch.size());
                        return !batch.isEmpty();
                    }))
                    .thenApply(nothing -> count.get());
        });
    }

    CompletionStage<Long> finishAll(SessionTypeInfo<?> info, FilteredScan scan, SessionFilter filter) {
        BulkCall finish = new BulkCall(store, info, filter, false, transitions.finishing(info));
        return observer.call(TrackerMethod.FINISH_ALL, info, null, () -> finish.run(scan));
    }

    CompletionStage<Long> deleteAll(
            SessionTypeInfo<?> info, FilteredScan scan, SessionFilter filter, boolean finished) {
        SessionStates states = finished ? SessionStates.FINISHED : SessionStates.RUNNING;
        BulkCall delete = new BulkCall(store, info, filter, finished, transitions.deleting(info, states));
        return observer.call(TrackerMethod.DELETE_ALL, info, null, () -> delete.run(scan));
    }
}
