package io.sessiontracker.engine;

import java.util.concurrent.CompletionStage;

import io.sessiontracker.Session;
import io.sessiontracker.SessionResult;
import io.sessiontracker.TrackerMethod;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionVersion;
import org.jspecify.annotations.Nullable;

import static io.sessiontracker.engine.SessionOperations.requireStarted;
import static io.sessiontracker.engine.SessionTypes.typeOf;
import static io.sessiontracker.engine.Transition.FINISH;
import static io.sessiontracker.engine.Transition.RESUME;

/**
 * Finishes, resumes and deletes sessions, each by one call on the data provider. The stored session is asked for only where the caller
 * or a listener wants to have it.
 */
record SessionTransitions(
        SessionTypes types,
        StoreReplyMapper replies,
        DispatchingDataProvider store,
        SessionEvents events,
        OperationObserver observer) {

    CompletionStage<SessionResult<@Nullable Void>> finish(Class<? extends Session> type, String key) {
        return run(FINISH, type, key, null);
    }

    CompletionStage<SessionResult<@Nullable Void>> finish(Session session) {
        return run(FINISH, typeOf(session), session.getKey(), session);
    }

    <S extends Session> CompletionStage<SessionResult<S>> finishAndGet(Class<S> type, String key) {
        return runAndGet(FINISH, type, key, null);
    }

    <S extends Session> CompletionStage<SessionResult<S>> finishAndGet(S session) {
        return runAndGet(FINISH, typeOf(session), session.getKey(), session);
    }

    CompletionStage<SessionResult<@Nullable Void>> resume(Class<? extends Session> type, String key) {
        return run(RESUME, type, key, null);
    }

    CompletionStage<SessionResult<@Nullable Void>> resume(Session session) {
        return run(RESUME, typeOf(session), session.getKey(), session);
    }

    <S extends Session> CompletionStage<SessionResult<S>> resumeAndGet(Class<S> type, String key) {
        return runAndGet(RESUME, type, key, null);
    }

    <S extends Session> CompletionStage<SessionResult<S>> resumeAndGet(S session) {
        return runAndGet(RESUME, typeOf(session), session.getKey(), session);
    }

    CompletionStage<SessionResult<@Nullable Void>> delete(Class<? extends Session> type, String key) {
        return delete(type, key, null);
    }

    CompletionStage<SessionResult<@Nullable Void>> delete(Session session) {
        return delete(typeOf(session), session.getKey(), session);
    }

    /** @param session acts only on this one; null to act on whichever is stored */
    private CompletionStage<SessionResult<@Nullable Void>> run(
            Transition transition, Class<? extends Session> type, String key, @Nullable Session session) {
        SessionTypeInfo<?> info = types.of(type);
        return observer.call(
                transition.operation(),
                info,
                key,
                () -> run(
                        transition(transition, info),
                        address(info, key, session),
                        session == null ? null : requireStarted(session)));
    }

    private <S extends Session> CompletionStage<SessionResult<S>> runAndGet(
            Transition transition, Class<S> type, String key, @Nullable Session session) {
        SessionTypeInfo<S> info = types.of(type);
        return observer.call(transition.operationAndGet(), info, key, () -> {
            SessionAddress address = address(info, key, session);
            SessionVersion expected = session == null ? null : requireStarted(session);
            TransitionCall call = transition(transition, info);
            return call.send(store, address, expected, true).thenApply(reply -> {
                call.notifyListeners(address, reply);
                return replies.session(address, info, expected, reply);
            });
        });
    }

    private CompletionStage<SessionResult<@Nullable Void>> delete(
            Class<? extends Session> type, String key, @Nullable Session session) {
        SessionTypeInfo<?> info = types.of(type);
        return observer.call(
                TrackerMethod.DELETE,
                info,
                key,
                () -> run(
                        deleting(info, SessionStates.BOTH),
                        address(info, key, session),
                        session == null ? null : requireStarted(session)));
    }

    /** Who gives a session has read it, and acts on that version of it alone. */
    private SessionAddress address(SessionTypeInfo<?> info, String key, @Nullable Session session) {
        return session == null ? observer.address(info, key) : info.address(key);
    }

    private CompletionStage<SessionResult<@Nullable Void>> run(
            StoreCall call, SessionAddress address, @Nullable SessionVersion expected) {
        return call.send(store, address, expected).thenApply(reply -> call.complete(address, expected, reply));
    }

    /** Returns the call that finishes sessions of a type. */
    StoreCall finishing(SessionTypeInfo<?> info) {
        return transition(FINISH, info);
    }

    private TransitionCall transition(Transition transition, SessionTypeInfo<?> info) {
        return new TransitionCall(transition, info, replies, events);
    }

    /**
     * Returns the call that deletes one of a key's two sessions, or both; a session that was finished or resumed meanwhile counts as
     * another one.
     */
    StoreCall deleting(SessionTypeInfo<?> info, SessionStates states) {
        return new DeletionCall(states, info, replies, events);
    }
}
