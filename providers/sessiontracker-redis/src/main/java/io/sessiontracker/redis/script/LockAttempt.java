package io.sessiontracker.redis.script;

import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one attempt to acquire a lock.
 *
 * @param left milliseconds left of another holder's lease; 0 if there is none
 * @param read the reply for its session; null if none was requested, or another holds the lock
 */
public record LockAttempt(
        boolean taken, long left, @Nullable StoreReply read) {

    private static final int LOCKED = 7;

    static LockAttempt decode(byte[] reply) {
        return reply.length == 0
                ? new LockAttempt(true, 0, null)
                : new LockAttempt(false, ScriptReplies.decimals(reply, 0), null);
    }

    static LockAttempt decodeWithSession(byte[] reply) {
        if (ScriptReplies.code(reply) == LOCKED) {
            return new LockAttempt(false, ScriptReplies.decimals(reply, 1), null);
        }
        StoreReply read = ScriptReplies.decode(reply);
        return new LockAttempt(read instanceof StoreReply.Done, 0, read);
    }

    public boolean isRefused() {
        return !taken && read == null;
    }
}
