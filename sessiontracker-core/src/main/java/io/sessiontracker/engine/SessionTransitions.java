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

import static io.sessiontracker.engine.SessionOperations.requireStarted;
import static io.sessiontracker.engine.SessionTypes.typeOf;

/**
 * Finishes, resumes and deletes sessions, each by one call on the data provider. The stored session is asked for only where the caller
 * or a listener wants to have it.
 */
final class SessionTransitions {

    private static final Transition FINISH = new Transition(
            "finish",
            SessionDataProvider::finish,
            SessionTypeInfo::finishedLifetimes,
            SessionFinished.class,
            SessionFinished::new);
    private static final Transition RESUME = new Transition(
            "resume",
            SessionDataProvider::resume,
            SessionTypeInfo::runningLifetimes,
            SessionResumed.class,
            SessionResumed::new);

    private final SessionTypes types;
    private final StoreReplyMapper replies;
    private final DispatchingDataProvider store;
    private final SessionEvents events;
    private final OperationObserver observer;

    SessionTransitions(
            SessionTypes types,
            StoreReplyMapper replies,
            DispatchingDataProvider store,
            SessionEvents events,
            OperationObserver observer) {
        this.types = types;
        this.replies = replies;
        this.store = store;
        this.events = events;
        this.observer = observer;
    }

    /** Between a running and a finished session: the lifetimes that the session then has, and its event. */
    private record Transition(
            String operation,
            Call call,
            Function<SessionTypeInfo<?>, Lifetimes> lifetimes,
            Class<?> event,
            SessionEvents.Kind kind) {

        /** {@link SessionDataProvider#finish} or {@link SessionDataProvider#resume}. */
        interface Call {
            CompletionStage<StoreReply> send(
                    SessionDataProvider store,
                    SessionAddress address,
                    @Nullable SessionVersion expected,
                    Lifetimes lifetimes,
                    OperationToken token,
                    boolean returnSession);
        }
    }

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
                        info.address(key),
                        session == null ? null : requireStarted(session)));
    }

    private <S extends Session> CompletionStage<SessionResult<S>> runAndGet(
            Transition transition, Class<S> type, String key, @Nullable Session session) {
        SessionTypeInfo<S> info = types.of(type);
        return observer.call(transition.operation() + "AndGet", info, key, () -> {
            SessionAddress address = info.address(key);
            SessionVersion expected = session == null ? null : requireStarted(session);
            return send(store, transition, info, address, expected, true).thenApply(reply -> {
                notifyListeners(transition, info, address, reply);
                return replies.session(address, type, expected, reply);
            });
        });
    }

    private CompletionStage<SessionResult<@Nullable Void>> delete(
            Class<? extends Session> type, String key, @Nullable Session session) {
        SessionTypeInfo<?> info = types.of(type);
        return observer.call(
                "delete",
                info,
                key,
                () -> run(
                        deleting(info, SessionStates.BOTH),
                        info.address(key),
                        session == null ? null : requireStarted(session)));
    }

    private CompletionStage<SessionResult<@Nullable Void>> run(
            StoreCall call, SessionAddress address, @Nullable SessionVersion expected) {
        return call.send(store, address, expected).thenApply(reply -> call.complete(address, expected, reply));
    }

    /** A call that ends sessions of a type, in its two parts: a bulk operation sends many requests before it looks at a reply. */
    interface StoreCall {

        CompletionStage<StoreReply> send(
                SessionDataProvider store, SessionAddress address, @Nullable SessionVersion expected);

        /** Notifies the listeners of what was done, and returns the result for the caller. */
        SessionResult<@Nullable Void> complete(
                SessionAddress address, @Nullable SessionVersion expected, StoreReply reply);
    }

    /** Returns the call that finishes sessions of a type. */
    StoreCall finishing(SessionTypeInfo<?> info) {
        return transition(FINISH, info);
    }

    private StoreCall transition(Transition transition, SessionTypeInfo<?> info) {
        return new StoreCall() {
            @Override
            public CompletionStage<StoreReply> send(
                    SessionDataProvider to, SessionAddress address, @Nullable SessionVersion expected) {
                return SessionTransitions.this.send(
                        to, transition, info, address, expected, events.anyWants(transition.event(), info.type()));
            }

            @Override
            public SessionResult<@Nullable Void> complete(
                    SessionAddress address, @Nullable SessionVersion expected, StoreReply reply) {
                notifyListeners(transition, info, address, reply);
                return replies.done(address, info.type(), expected, reply);
            }
        };
    }

    private CompletionStage<StoreReply> send(
            SessionDataProvider to,
            Transition transition,
            SessionTypeInfo<?> info,
            SessionAddress address,
            @Nullable SessionVersion expected,
            boolean returnSession) {
        Lifetimes lifetimes = transition.lifetimes().apply(info);
        return transition.call().send(to, address, expected, lifetimes, OperationToken.random(), returnSession);
    }

    private void notifyListeners(
            Transition transition, SessionTypeInfo<?> info, SessionAddress address, StoreReply reply) {
        if (reply instanceof StoreReply.Done done && done.session() != null) {
            events.publish(transition.event(), transition.kind(), info, address, done.session(), done.at());
        }
    }

    /**
     * Returns the call that deletes one of a key's two sessions, or both; a session that was finished or resumed meanwhile counts as
     * another one.
     */
    StoreCall deleting(SessionTypeInfo<?> info, SessionStates states) {
        return new StoreCall() {
            @Override
            public CompletionStage<StoreReply> send(
                    SessionDataProvider to, SessionAddress address, @Nullable SessionVersion expected) {
                boolean returnSession = events.anyWants(SessionDeleted.class, info.type());
                return to.delete(address, states, expected, OperationToken.random(), returnSession);
            }

            @Override
            public SessionResult<@Nullable Void> complete(
                    SessionAddress address, @Nullable SessionVersion expected, StoreReply reply) {
                if (reply instanceof StoreReply.Done done) {
                    events.publishDeleted(info, address, done.session(), done.at());
                }
                return replies.done(address, info.type(), expected, reply);
            }
        };
    }
}
