package io.sessiontracker.engine;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.sessiontracker.Session;
import io.sessiontracker.SessionResult;
import io.sessiontracker.event.SessionDeleted;
import io.sessiontracker.event.SessionFinished;
import io.sessiontracker.event.SessionResumed;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCopies;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/**
 * Finishing, resuming and deleting, each one call on the data provider. What is stored is asked for only where somebody wants
 * to have it: the caller, or a listener.
 */
final class SessionMoves {

    private final SessionTypes types;
    private final Replies replies;
    private final SessionDataProvider store;
    private final SessionEvents events;
    private final Move finishing;
    private final Move resuming;

    SessionMoves(SessionTypes types, Replies replies, SessionDataProvider store, SessionEvents events) {
        this.types = types;
        this.replies = replies;
        this.store = store;
        this.events = events;
        finishing = new Move(
                store::finish, SessionTypeInfo::finishedLifetimes, SessionFinished.class, SessionFinished::new);
        resuming =
                new Move(store::resume, SessionTypeInfo::runningLifetimes, SessionResumed.class, SessionResumed::new);
    }

    /** From one of a key's two places to the other: with which lifetimes it is there, and what is told of it. */
    private record Move(
            Call call, Function<SessionTypeInfo<?>, Lifetimes> lifetimes, Class<?> event, SessionEvents.Kind kind) {

        /** {@link SessionDataProvider#finish} or {@link SessionDataProvider#resume}. */
        interface Call {
            CompletionStage<StoreReply> send(
                    SessionAddress address,
                    @Nullable SessionVersion only,
                    Lifetimes lifetimes,
                    OperationToken token,
                    boolean returning);
        }
    }

    <S extends Session> CompletionStage<SessionResult<@Nullable Void>> finish(
            Class<S> type, String key, @Nullable SessionVersion only) {
        return move(finishing, type, key, only);
    }

    <S extends Session> CompletionStage<SessionResult<S>> finishAndGet(
            Class<S> type, String key, @Nullable SessionVersion only) {
        return moveAndGet(finishing, type, key, only);
    }

    <S extends Session> CompletionStage<SessionResult<@Nullable Void>> resume(
            Class<S> type, String key, @Nullable SessionVersion only) {
        return move(resuming, type, key, only);
    }

    <S extends Session> CompletionStage<SessionResult<S>> resumeAndGet(
            Class<S> type, String key, @Nullable SessionVersion only) {
        return moveAndGet(resuming, type, key, only);
    }

    private <S extends Session> CompletionStage<SessionResult<@Nullable Void>> move(
            Move move, Class<S> type, String key, @Nullable SessionVersion only) {
        SessionTypeInfo<S> info = types.of(type);
        SessionAddress address = info.address(key);
        return send(move, info, address, only, false).thenApply(reply -> replies.done(address, type, only, reply));
    }

    private <S extends Session> CompletionStage<SessionResult<S>> moveAndGet(
            Move move, Class<S> type, String key, @Nullable SessionVersion only) {
        SessionTypeInfo<S> info = types.of(type);
        SessionAddress address = info.address(key);
        return send(move, info, address, only, true).thenApply(reply -> replies.session(address, type, only, reply));
    }

    private <S extends Session> CompletionStage<StoreReply> send(
            Move move,
            SessionTypeInfo<S> info,
            SessionAddress address,
            @Nullable SessionVersion only,
            boolean returning) {
        boolean asked = returning || events.anyWants(move.event(), info.type());
        return move.call()
                .send(address, only, move.lifetimes().apply(info), OperationToken.random(), asked)
                .thenApply(reply -> {
                    if (reply instanceof StoreReply.Done done && done.session() != null) {
                        events.tell(move.event(), move.kind(), info, address, done.session(), done.at());
                    }
                    return reply;
                });
    }

    CompletionStage<SessionResult<@Nullable Void>> delete(
            Class<? extends Session> type, String key, @Nullable SessionVersion only) {
        SessionAddress address = types.of(type).address(key);
        return delete(types.of(type), address, SessionCopies.BOTH, only)
                .thenApply(reply -> replies.done(address, type, only, reply));
    }

    /** Deletes one of a key's two sessions; one that was finished or resumed meanwhile is another. */
    CompletionStage<SessionResult<@Nullable Void>> delete(
            SessionTypeInfo<?> info, String key, SessionCopies copies, SessionVersion only) {
        SessionAddress address = info.address(key);
        return delete(info, address, copies, only).thenApply(reply -> replies.done(address, info.type(), only, reply));
    }

    private <S extends Session> CompletionStage<StoreReply> delete(
            SessionTypeInfo<S> info, SessionAddress address, SessionCopies copies, @Nullable SessionVersion only) {
        boolean told = events.anyWants(SessionDeleted.class, info.type());
        return store.delete(address, copies, only, OperationToken.random(), told)
                .thenApply(reply -> {
                    if (reply instanceof StoreReply.Done done) {
                        events.tellDeleted(info, address, done.session(), done.at());
                    }
                    return reply;
                });
    }
}
