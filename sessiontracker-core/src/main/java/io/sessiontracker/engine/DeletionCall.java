package io.sessiontracker.engine;

import java.util.concurrent.CompletionStage;

import io.sessiontracker.SessionResult;
import io.sessiontracker.event.SessionDeleted;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/** Deletes sessions of a type. The stored session is asked for only where a listener wants to have it. */
record DeletionCall(SessionStates states, SessionTypeInfo<?> info, StoreReplyMapper replies, SessionEvents events)
        implements StoreCall {

    @Override
    public CompletionStage<StoreReply> send(
            SessionDataProvider store, SessionAddress address, @Nullable SessionVersion expected) {
        boolean returnSession = events.anyWants(SessionDeleted.class, info.type());
        return store.delete(address, states, expected, OperationToken.random(), returnSession);
    }

    @Override
    public SessionResult<@Nullable Void> complete(
            SessionAddress address, @Nullable SessionVersion expected, StoreReply reply) {
        if (reply instanceof StoreReply.Done done) {
            events.publishDeleted(info, address, done.session(), done.at());
        }
        return replies.done(address, info, expected, reply);
    }
}
