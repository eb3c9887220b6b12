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
    private final HandedOverStore store;
    private final SessionEvents events;
    private final Move finishing;
    private final Move resuming;

    SessionMoves(SessionTypes types, Replies replies, HandedOverStore store, SessionEvents events) {
        this.types = types;
        this.replies = replies;
        this.store = store;
        this.events = events;
        SessionDataProvider direct = store.direct();
        finishing = new Move(
                direct::finish, SessionTypeInfo::finishedLifetimes, SessionFinished.class, SessionFinished::new);
        resuming =
                new Move(direct::resume, SessionTypeInfo::runningLifetimes, SessionResumed.class, SessionResumed::new);
    }

    /** From one of a key's two places to the other: the lifetimes that it has there, and what is told of it. */
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

    CompletionStage<SessionResult<@Nullable Void>> finish(
            Class<? extends Session> type, String key, @Nullable SessionVersion only) {
        return ask(finishing, types.of(type), key, only).outcome();
    }

    <S extends Session> CompletionStage<SessionResult<S>> finishAndGet(
            Class<S> type, String key, @Nullable SessionVersion only) {
        return moveAndGet(finishing, type, key, only);
    }

    CompletionStage<SessionResult<@Nullable Void>> resume(
            Class<? extends Session> type, String key, @Nullable SessionVersion only) {
        return ask(resuming, types.of(type), key, only).outcome();
    }

    <S extends Session> CompletionStage<SessionResult<S>> resumeAndGet(
            Class<S> type, String key, @Nullable SessionVersion only) {
        return moveAndGet(resuming, type, key, only);
    }

    /**
     * Something that was asked of the store, and whose outcome was not looked at yet. Who asks for several first and then looks
     * at one after the other waits for all of them as long as for one.
     */
    interface Asked {
        CompletionStage<SessionResult<@Nullable Void>> outcome();
    }

    /** As {@link #finish}. */
    Asked askToFinish(SessionTypeInfo<?> info, String key, SessionVersion only) {
        return ask(finishing, info, key, only);
    }

    private Asked ask(Move move, SessionTypeInfo<?> info, String key, @Nullable SessionVersion only) {
        SessionAddress address = info.address(key);
        CompletionStage<StoreReply> asked = send(move, info, address, only, false);
        return () ->
                moved(move, info, address, asked).thenApply(reply -> replies.done(address, info.type(), only, reply));
    }

    private <S extends Session> CompletionStage<SessionResult<S>> moveAndGet(
            Move move, Class<S> type, String key, @Nullable SessionVersion only) {
        SessionTypeInfo<S> info = types.of(type);
        SessionAddress address = info.address(key);
        return moved(move, info, address, send(move, info, address, only, true))
                .thenApply(reply -> replies.session(address, type, only, reply));
    }

    private CompletionStage<StoreReply> send(
            Move move,
            SessionTypeInfo<?> info,
            SessionAddress address,
            @Nullable SessionVersion only,
            boolean returning) {
        boolean asked = returning || events.anyWants(move.event(), info.type());
        return move.call().send(address, only, move.lifetimes().apply(info), OperationToken.random(), asked);
    }

    private <S extends Session> CompletionStage<StoreReply> moved(
            Move move, SessionTypeInfo<S> info, SessionAddress address, CompletionStage<StoreReply> asked) {
        return store.take(address, asked).thenApply(reply -> {
            if (reply instanceof StoreReply.Done done && done.session() != null) {
                events.tell(move.event(), move.kind(), info, address, done.session(), done.at());
            }
            return reply;
        });
    }

    CompletionStage<SessionResult<@Nullable Void>> delete(
            Class<? extends Session> type, String key, @Nullable SessionVersion only) {
        return askToDelete(types.of(type), key, SessionCopies.BOTH, only).outcome();
    }

    /** Deletes one of a key's two sessions, or both; one that was finished or resumed meanwhile is another. */
    Asked askToDelete(SessionTypeInfo<?> info, String key, SessionCopies copies, @Nullable SessionVersion only) {
        SessionAddress address = info.address(key);
        boolean told = events.anyWants(SessionDeleted.class, info.type());
        CompletionStage<StoreReply> asked = store.direct().delete(address, copies, only, OperationToken.random(), told);
        return () -> deleted(info, address, asked).thenApply(reply -> replies.done(address, info.type(), only, reply));
    }

    private <S extends Session> CompletionStage<StoreReply> deleted(
            SessionTypeInfo<S> info, SessionAddress address, CompletionStage<StoreReply> asked) {
        return store.take(address, asked).thenApply(reply -> {
            if (reply instanceof StoreReply.Done done) {
                events.tellDeleted(info, address, done.session(), done.at());
            }
            return reply;
        });
    }
}
