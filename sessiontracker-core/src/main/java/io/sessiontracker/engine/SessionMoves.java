package io.sessiontracker.engine;

import java.util.concurrent.CompletionStage;

import io.sessiontracker.Session;
import io.sessiontracker.SessionResult;
import io.sessiontracker.event.SessionDeleted;
import io.sessiontracker.event.SessionFinished;
import io.sessiontracker.event.SessionResumed;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCopies;
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

    SessionMoves(SessionTypes types, Replies replies, HandedOverStore store, SessionEvents events) {
        this.types = types;
        this.replies = replies;
        this.store = store;
        this.events = events;
    }

    CompletionStage<SessionResult<@Nullable Void>> finish(
            Class<? extends Session> type, String key, @Nullable SessionVersion only) {
        SessionAddress address = types.of(type).address(key);
        return finish(types.of(type), address, only, false)
                .thenApply(reply -> replies.done(address, type, only, reply));
    }

    <S extends Session> CompletionStage<SessionResult<S>> finishAndGet(
            Class<S> type, String key, @Nullable SessionVersion only) {
        SessionAddress address = types.of(type).address(key);
        return finish(types.of(type), address, only, true)
                .thenApply(reply -> replies.session(address, type, only, reply));
    }

    private <S extends Session> CompletionStage<StoreReply> finish(
            SessionTypeInfo<S> info, SessionAddress address, @Nullable SessionVersion only, boolean returning) {
        return finished(info, address, askToFinish(info, address, only, returning));
    }

    private CompletionStage<StoreReply> askToFinish(
            SessionTypeInfo<?> info, SessionAddress address, @Nullable SessionVersion only, boolean returning) {
        boolean asked = returning || events.anyWants(SessionFinished.class, info.type());
        return store.direct().finish(address, only, info.finishedLifetimes(), OperationToken.random(), asked);
    }

    private <S extends Session> CompletionStage<StoreReply> finished(
            SessionTypeInfo<S> info, SessionAddress address, CompletionStage<StoreReply> asked) {
        return store.take(address, asked)
                .thenApply(reply -> tell(SessionFinished.class, SessionFinished::new, info, address, reply));
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
        SessionAddress address = info.address(key);
        CompletionStage<StoreReply> asked = askToFinish(info, address, only, false);
        return () -> finished(info, address, asked).thenApply(reply -> replies.done(address, info.type(), only, reply));
    }

    /** Deletes one of a key's two sessions; one that was finished or resumed meanwhile is another. */
    Asked askToDelete(SessionTypeInfo<?> info, String key, SessionCopies copies, SessionVersion only) {
        SessionAddress address = info.address(key);
        CompletionStage<StoreReply> asked = askToDelete(info, address, copies, only);
        return () -> deleted(info, address, asked).thenApply(reply -> replies.done(address, info.type(), only, reply));
    }

    CompletionStage<SessionResult<@Nullable Void>> resume(
            Class<? extends Session> type, String key, @Nullable SessionVersion only) {
        SessionAddress address = types.of(type).address(key);
        return resume(types.of(type), address, only, false)
                .thenApply(reply -> replies.done(address, type, only, reply));
    }

    <S extends Session> CompletionStage<SessionResult<S>> resumeAndGet(
            Class<S> type, String key, @Nullable SessionVersion only) {
        SessionAddress address = types.of(type).address(key);
        return resume(types.of(type), address, only, true)
                .thenApply(reply -> replies.session(address, type, only, reply));
    }

    private <S extends Session> CompletionStage<StoreReply> resume(
            SessionTypeInfo<S> info, SessionAddress address, @Nullable SessionVersion only, boolean returning) {
        boolean asked = returning || events.anyWants(SessionResumed.class, info.type());
        return store.resume(address, only, info.runningLifetimes(), OperationToken.random(), asked)
                .thenApply(reply -> tell(SessionResumed.class, SessionResumed::new, info, address, reply));
    }

    private <S extends Session> StoreReply tell(
            Class<?> event,
            SessionEvents.Kind kind,
            SessionTypeInfo<S> info,
            SessionAddress address,
            StoreReply reply) {
        if (reply instanceof StoreReply.Done done && done.session() != null) {
            events.tell(event, kind, info, address, done.session(), done.at());
        }
        return reply;
    }

    CompletionStage<SessionResult<@Nullable Void>> delete(
            Class<? extends Session> type, String key, @Nullable SessionVersion only) {
        SessionAddress address = types.of(type).address(key);
        SessionTypeInfo<?> info = types.of(type);
        return deleted(info, address, askToDelete(info, address, SessionCopies.BOTH, only))
                .thenApply(reply -> replies.done(address, type, only, reply));
    }

    private CompletionStage<StoreReply> askToDelete(
            SessionTypeInfo<?> info, SessionAddress address, SessionCopies copies, @Nullable SessionVersion only) {
        boolean told = events.anyWants(SessionDeleted.class, info.type());
        return store.direct().delete(address, copies, only, OperationToken.random(), told);
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
