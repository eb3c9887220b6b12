package io.sessiontracker.engine;

import java.util.concurrent.CompletionStage;

import io.sessiontracker.SessionResult;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/**
 * A call that finishes, resumes or deletes sessions of a type, in its two parts: a bulk operation sends many requests before it looks at
 * a reply.
 */
interface StoreCall {

    /** @param expected acts only on this one; null to act on whichever is stored */
    CompletionStage<StoreReply> send(
            SessionDataProvider store, SessionAddress address, @Nullable SessionVersion expected);

    /** Notifies the listeners of what was done, and returns the result for the caller. */
    SessionResult<@Nullable Void> complete(SessionAddress address, @Nullable SessionVersion expected, StoreReply reply);
}
