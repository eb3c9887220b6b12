package io.sessiontracker.engine;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.sessiontracker.SessionResult;
import io.sessiontracker.event.SessionFinished;
import io.sessiontracker.event.SessionResumed;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/** Finishes or resumes sessions of a type. The stored session is asked for only where the caller or a listener wants to have it. */
record TransitionCall(Transition transition, SessionTypeInfo<?> info, StoreReplyMapper replies, SessionEvents events)
        implements StoreCall {

    static final Transition FINISH = new Transition(
            "finish",
            SessionDataProvider::finish,
            SessionTypeInfo::finishedLifetimes,
            SessionFinished.class,
            SessionFinished::new);
    static final Transition RESUME = new Transition(
            "resume",
            SessionDataProvider::resume,
            SessionTypeInfo::runningLifetimes,
            SessionResumed.class,
            SessionResumed::new);

    /** Between a running and a finished session: the lifetimes that the session then has, and its event. */
    record Transition(
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

    @Override
    public CompletionStage<StoreReply> send(
            SessionDataProvider store, SessionAddress address, @Nullable SessionVersion expected) {
        return send(store, address, expected, events.anyWants(transition.event(), info.type()));
    }

    CompletionStage<StoreReply> send(
            SessionDataProvider store,
            SessionAddress address,
            @Nullable SessionVersion expected,
            boolean returnSession) {
        Lifetimes lifetimes = transition.lifetimes().apply(info);
        return transition.call().send(store, address, expected, lifetimes, OperationToken.random(), returnSession);
    }

    @Override
    public SessionResult<@Nullable Void> complete(
            SessionAddress address, @Nullable SessionVersion expected, StoreReply reply) {
        notifyListeners(address, reply);
        return replies.done(address, info.type(), expected, reply);
    }

    void notifyListeners(SessionAddress address, StoreReply reply) {
        if (reply instanceof StoreReply.Done done && done.session() != null) {
            events.publish(transition.event(), transition.kind(), info, address, done.session(), done.at());
        }
    }
}
