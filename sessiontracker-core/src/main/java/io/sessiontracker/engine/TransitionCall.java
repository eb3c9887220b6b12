package io.sessiontracker.engine;

import java.util.concurrent.CompletionStage;

import io.sessiontracker.SessionResult;
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
        return replies.done(address, info, expected, reply);
    }

    void notifyListeners(SessionAddress address, StoreReply reply) {
        if (reply instanceof StoreReply.Done done && done.session() != null) {
            events.publish(transition.event(), transition.kind(), info, address, done.session(), done.at());
        }
    }
}
