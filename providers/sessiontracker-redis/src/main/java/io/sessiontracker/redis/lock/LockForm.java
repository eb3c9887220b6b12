package io.sessiontracker.redis.lock;

import io.sessiontracker.redis.script.LockAttempt;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/**
 * Which script makes an attempt at a lock, and how its outcome becomes a reply.
 *
 * @param <T> type of the reply
 */
sealed interface LockForm<T> permits LockAlone, LockWithSession {

    ScriptCall<LockAttempt> call(LockRequest request, String id, boolean othersWait);

    T acquired(LockReply.Acquired lock, @Nullable StoreReply read);

    T refused(LockReply.Refused refusal);

    T absent(StoreReply read);
}
