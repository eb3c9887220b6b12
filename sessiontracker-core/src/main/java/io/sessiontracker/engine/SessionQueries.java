package io.sessiontracker.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionPage;
import io.sessiontracker.event.SessionTrackerError;
import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;

/** What a query does, as stages over walks. */
final class SessionQueries {

    private static final int BULK_SIZE = 100;
    /** How often a session is looked at again that others change while it is to be ended. */
    private static final int MAX_ROUNDS = 8;

    private final DispatchingDataProvider store;
    private final SessionTransitions moves;
    private final StoreReplyMapper replies;
    private final SessionEvents events;
    private final OperationObserver observed;

    SessionQueries(
            DispatchingDataProvider store,
            SessionTransitions moves,
            StoreReplyMapper replies,
            SessionEvents events,
            OperationObserver observed) {
        this.store = store;
        this.moves = moves;
        this.replies = replies;
        this.events = events;
        this.observed = observed;
    }

    FilteredScan walk(
            SessionTypeInfo<?> info, @Nullable SessionFilter filter, boolean finished, @Nullable String after) {
        return new FilteredScan(
                store,
                info,
                filter,
                finished,
                after,
                unreadable -> reportUnreadable(info, unreadable.key(), unreadable.cause()));
    }

    /** Looks one session further than the page, to know whether it is the last. */
    <S extends Session> CompletionStage<SessionPage<S>> page(
            SessionTypeInfo<S> info, FilteredScan walk, int size, String query) {
        return observed.call("page", info, null, () -> readPage(info, walk, size, query));
    }

    private <S extends Session> CompletionStage<SessionPage<S>> readPage(
            SessionTypeInfo<S> info, FilteredScan walk, int size, String query) {
        List<S> sessions = new ArrayList<>();
        List<String> cursors = new ArrayList<>();
        return AsyncLoops.repeat(() -> walk.next(size + 1 - sessions.size()).thenApply(batch -> {
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

    /** The next readable sessions; none only at the end. */
    <S extends Session> CompletionStage<List<S>> batch(SessionTypeInfo<S> info, FilteredScan walk, int size) {
        return observed.call("stream", info, null, () -> readBatch(info, walk, size));
    }

    private <S extends Session> CompletionStage<List<S>> readBatch(
            SessionTypeInfo<S> info, FilteredScan walk, int size) {
        List<S> sessions = new ArrayList<>();
        return AsyncLoops.repeat(() -> walk.next(size).thenApply(batch -> {
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
            return replies.copy(info.address(item.key()), info.type(), item.session());
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
        return observed.call("count", info, null, () -> store.count(info.name(), finished));
    }

    CompletionStage<Long> count(SessionTypeInfo<?> info, FilteredScan walk) {
        return observed.call(
                "count", info, null, () -> each(walk, item -> () -> CompletableFuture.completedStage(true)));
    }

    CompletionStage<Long> finishAll(SessionTypeInfo<?> info, FilteredScan walk, SessionFilter filter) {
        End finish = item -> moves.askToFinish(info, item.key(), versionOf(item));
        return observed.call("finishAll", info, null, () -> endAll(info, walk, filter, false, finish));
    }

    CompletionStage<Long> deleteAll(
            SessionTypeInfo<?> info, FilteredScan walk, SessionFilter filter, boolean finished) {
        SessionStates copies = finished ? SessionStates.FINISHED : SessionStates.RUNNING;
        End delete = item -> moves.askToDelete(info, item.key(), copies, versionOf(item));
        return observed.call("deleteAll", info, null, () -> endAll(info, walk, filter, finished, delete));
    }

    private static SessionVersion versionOf(SessionScan.Item item) {
        return item.session().version();
    }

    private CompletionStage<Long> endAll(
            SessionTypeInfo<?> info, FilteredScan walk, SessionFilter filter, boolean finished, End end) {
        return each(walk, item -> {
            SessionTransitions.Asked asked = end.ask(item);
            return () -> ended(info, item, filter, finished, end, asked, 1);
        });
    }

    /** How a session is ended that is at the version at which it was met. */
    private interface End {
        SessionTransitions.Asked ask(SessionScan.Item item);
    }

    /** Begins what is done with a session. Its end, which is to be asked for, answers whether the session counts. */
    private interface Step {
        Supplier<CompletionStage<Boolean>> begin(SessionScan.Item item);
    }

    private static CompletionStage<Long> each(FilteredScan walk, Step step) {
        AtomicLong count = new AtomicLong();
        return AsyncLoops.repeat(() -> walk.next(BULK_SIZE).thenCompose(batch -> {
                    List<Supplier<CompletionStage<Boolean>>> begun =
                            batch.stream().map(step::begin).toList();
                    List<CompletableFuture<Void>> steps = new ArrayList<>();
                    for (Supplier<CompletionStage<Boolean>> end : begun) {
                        steps.add(end.get()
                                .thenAccept(counts -> count.addAndGet(counts ? 1 : 0))
                                .toCompletableFuture());
                    }
                    return CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new))
                            .thenApply(nothing -> !batch.isEmpty());
                }))
                .thenApply(nothing -> count.get());
    }

    /** Ends the session as it was met; if somebody changed it since, looks again whether it still is one to be ended. */
    private CompletionStage<Boolean> ended(
            SessionTypeInfo<?> info,
            SessionScan.Item item,
            SessionFilter filter,
            boolean finished,
            End end,
            SessionTransitions.Asked asked,
            int round) {
        return asked.outcome().thenCompose(result -> {
            boolean conflict = result.failure()
                    .filter(SessionError.VersionConflict.class::isInstance)
                    .isPresent();
            // A finished session is never changed, only replaced by another, which need not be met.
            if (!conflict || finished || round == MAX_ROUNDS) {
                return CompletableFuture.completedStage(result.isSuccess());
            }
            SessionAddress address = info.address(item.key());
            return store.get(address, false, info.runningLifetimes()).thenCompose(reply -> {
                if (reply instanceof StoreReply.Done done && done.session() != null) {
                    SessionScan.Item again = new SessionScan.Item(item.key(), done.session(), item.cursor());
                    if (FilteredScan.matches(filter, info.name(), again)) {
                        return ended(info, again, filter, false, end, end.ask(again), round + 1);
                    }
                }
                return CompletableFuture.completedStage(false);
            });
        });
    }
}
