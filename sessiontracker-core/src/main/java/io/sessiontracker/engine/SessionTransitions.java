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
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/**
 * Finishing, resuming and deleting, each one call on the data provider. What is stored is asked for only where somebody wants
 * to have it: the caller, or a listener.
 */
final class SessionTransitions {

    private final SessionTypes types;
    private final StoreReplyMapper replies;
    private final DispatchingDataProvider store;
    private final SessionEvents events;
    private final Move finishing;
    private final Move resuming;

    SessionTransitions(
            SessionTypes types, StoreReplyMapper replies, DispatchingDataProvider store, SessionEvents events) {
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
                    @Nullable SessionVersion expected,
                    Lifetimes lifetimes,
                    OperationToken token,
                    boolean returnSession);
        }
    }

    CompletionStage<SessionResult<@Nullable Void>> finish(
            Class<? extends Session> type, String key, @Nullable SessionVersion expected) {
        return ask(finishing, types.of(type), key, expected).outcome();
    }

    <S extends Session> CompletionStage<SessionResult<S>> finishAndGet(
            Class<S> type, String key, @Nullable SessionVersion expected) {
        return moveAndGet(finishing, type, key, expected);
    }

    CompletionStage<SessionResult<@Nullable Void>> resume(
            Class<? extends Session> type, String key, @Nullable SessionVersion expected) {
        return ask(resuming, types.of(type), key, expected).outcome();
    }

    <S extends Session> CompletionStage<SessionResult<S>> resumeAndGet(
            Class<S> type, String key, @Nullable SessionVersion expected) {
        return moveAndGet(resuming, type, key, expected);
    }

    /**
     * Something that was asked of the store, and whose outcome was not looked at yet. Who asks for several first and then looks
     * at one after the other waits for all of them as long as for one.
     */
    interface Asked {
        CompletionStage<SessionResult<@Nullable Void>> outcome();
    }

    /** As {@link #finish}. */
    Asked askToFinish(SessionTypeInfo<?> info, String key, SessionVersion expected) {
        return ask(finishing, info, key, expected);
    }

    private Asked ask(Move move, SessionTypeInfo<?> info, String key, @Nullable SessionVersion expected) {
        SessionAddress address = info.address(key);
        CompletionStage<StoreReply> asked = send(move, info, address, expected, false);
        return () -> moved(move, info, address, asked)
                .thenApply(reply -> replies.done(address, info.type(), expected, reply));
    }

    private <S extends Session> CompletionStage<SessionResult<S>> moveAndGet(
            Move move, Class<S> type, String key, @Nullable SessionVersion expected) {
        SessionTypeInfo<S> info = types.of(type);
        SessionAddress address = info.address(key);
        return moved(move, info, address, send(move, info, address, expected, true))
                .thenApply(reply -> replies.session(address, type, expected, reply));
    }

    private CompletionStage<StoreReply> send(
            Move move,
            SessionTypeInfo<?> info,
            SessionAddress address,
            @Nullable SessionVersion expected,
            boolean returnSession) {
        boolean asked = returnSession || events.anyWants(move.event(), info.type());
        return move.call().send(address, expected, move.lifetimes().apply(info), OperationToken.random(), asked);
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
            Class<? extends Session> type, String key, @Nullable SessionVersion expected) {
        return askToDelete(types.of(type), key, SessionStates.BOTH, expected).outcome();
    }

    /** Deletes one of a key's two sessions, or both; one that was finished or resumed meanwhile is another. */
    Asked askToDelete(SessionTypeInfo<?> info, String key, SessionStates copies, @Nullable SessionVersion expected) {
        SessionAddress address = info.address(key);
        boolean told = events.anyWants(SessionDeleted.class, info.type());
        CompletionStage<StoreReply> asked =
                store.direct().delete(address, copies, expected, OperationToken.random(), told);
        return () ->
                deleted(info, address, asked).thenApply(reply -> replies.done(address, info.type(), expected, reply));
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
