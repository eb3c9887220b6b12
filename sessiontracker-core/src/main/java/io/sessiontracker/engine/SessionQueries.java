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
import io.sessiontracker.spi.SessionCopies;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/** What a query does, as stages over walks. */
final class SessionQueries {

    private static final int BULK_SIZE = 100;
    /** How often a session is looked at again that others change while it is to be ended. */
    private static final int MAX_ROUNDS = 8;

    private final HandedOverStore store;
    private final SessionMoves moves;
    private final Replies replies;
    private final SessionEvents events;
    private final Observed observed;

    SessionQueries(
            HandedOverStore store, SessionMoves moves, Replies replies, SessionEvents events, Observed observed) {
        this.store = store;
        this.moves = moves;
        this.replies = replies;
        this.events = events;
        this.observed = observed;
    }

    SessionWalk walk(
            SessionTypeInfo<?> info,
            @Nullable SessionFilter filter,
            boolean finished,
            SessionScan.@Nullable Position after) {
        return new SessionWalk(
                store,
                info,
                filter,
                finished,
                after,
                unreadable -> reportUnreadable(info, unreadable.key(), unreadable.cause()));
    }

    /** Looks one session further than the page, to know whether it is the last. */
    <S extends Session> CompletionStage<SessionPage<S>> page(
            SessionTypeInfo<S> info, SessionWalk walk, int size, String query) {
        return observed.call("page", info, null, () -> readPage(info, walk, size, query));
    }

    private <S extends Session> CompletionStage<SessionPage<S>> readPage(
            SessionTypeInfo<S> info, SessionWalk walk, int size, String query) {
        List<S> sessions = new ArrayList<>();
        List<SessionScan.Position> positions = new ArrayList<>();
        return Stages.repeat(() -> walk.next(size + 1 - sessions.size()).thenApply(batch -> {
                    for (SessionScan.Met met : batch) {
                        S session = read(info, met);
                        if (session != null) {
                            sessions.add(session);
                            positions.add(met.position(info.name()));
                        }
                    }
                    return !batch.isEmpty() && sessions.size() <= size;
                }))
                .thenApply(nothing -> sessions.size() <= size
                        ? new SessionPage<>(sessions, null)
                        : new SessionPage<>(
                                sessions.subList(0, size), QueryCursor.encode(query, positions.get(size - 1))));
    }

    /** The next readable sessions; none only at the end. */
    <S extends Session> CompletionStage<List<S>> batch(SessionTypeInfo<S> info, SessionWalk walk, int size) {
        return observed.call("stream", info, null, () -> readBatch(info, walk, size));
    }

    private <S extends Session> CompletionStage<List<S>> readBatch(
            SessionTypeInfo<S> info, SessionWalk walk, int size) {
        List<S> sessions = new ArrayList<>();
        return Stages.repeat(() -> walk.next(size).thenApply(batch -> {
                    for (SessionScan.Met met : batch) {
                        S session = read(info, met);
                        if (session != null) {
                            sessions.add(session);
                        }
                    }
                    return !batch.isEmpty() && sessions.isEmpty();
                }))
                .thenApply(nothing -> sessions);
    }

    private <S extends Session> @Nullable S read(SessionTypeInfo<S> info, SessionScan.Met met) {
        try {
            return replies.copy(info.address(met.key()), info.type(), met.session());
        } catch (RuntimeException unreadable) {
            reportUnreadable(info, met.key(), unreadable);
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

    CompletionStage<Long> count(SessionTypeInfo<?> info, SessionWalk walk) {
        return observed.call(
                "count", info, null, () -> each(walk, met -> () -> CompletableFuture.completedStage(true)));
    }

    CompletionStage<Long> finishAll(SessionTypeInfo<?> info, SessionWalk walk, SessionFilter filter) {
        End finish = met -> moves.askToFinish(info, met.key(), versionOf(met));
        return observed.call("finishAll", info, null, () -> endAll(info, walk, filter, false, finish));
    }

    CompletionStage<Long> deleteAll(SessionTypeInfo<?> info, SessionWalk walk, SessionFilter filter, boolean finished) {
        SessionCopies copies = finished ? SessionCopies.FINISHED : SessionCopies.RUNNING;
        End delete = met -> moves.askToDelete(info, met.key(), copies, versionOf(met));
        return observed.call("deleteAll", info, null, () -> endAll(info, walk, filter, finished, delete));
    }

    private static SessionVersion versionOf(SessionScan.Met met) {
        return met.session().version();
    }

    private CompletionStage<Long> endAll(
            SessionTypeInfo<?> info, SessionWalk walk, SessionFilter filter, boolean finished, End end) {
        return each(walk, met -> {
            SessionMoves.Asked asked = end.ask(met);
            return () -> ended(info, met, filter, finished, end, asked, 1);
        });
    }

    /** How a session is ended that is at the version at which it was met. */
    private interface End {
        SessionMoves.Asked ask(SessionScan.Met met);
    }

    /** Begins what is done with a session. Its end, which is to be asked for, answers whether the session counts. */
    private interface Step {
        Supplier<CompletionStage<Boolean>> begin(SessionScan.Met met);
    }

    private static CompletionStage<Long> each(SessionWalk walk, Step step) {
        AtomicLong count = new AtomicLong();
        return Stages.repeat(() -> walk.next(BULK_SIZE).thenCompose(batch -> {
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
            SessionScan.Met met,
            SessionFilter filter,
            boolean finished,
            End end,
            SessionMoves.Asked asked,
            int round) {
        return asked.outcome().thenCompose(result -> {
            boolean conflict = result.failure()
                    .filter(SessionError.VersionConflict.class::isInstance)
                    .isPresent();
            // A finished session is never changed, only replaced by another, which need not be met.
            if (!conflict || finished || round == MAX_ROUNDS) {
                return CompletableFuture.completedStage(result.isSuccess());
            }
            SessionAddress address = info.address(met.key());
            return store.get(address, false, info.runningLifetimes()).thenCompose(reply -> {
                if (reply instanceof StoreReply.Done done && done.session() != null) {
                    SessionScan.Met again = new SessionScan.Met(met.key(), done.session());
                    if (SessionWalk.matches(filter, info.name(), again)) {
                        return ended(info, again, filter, false, end, end.ask(again), round + 1);
                    }
                }
                return CompletableFuture.completedStage(false);
            });
        });
    }
}
