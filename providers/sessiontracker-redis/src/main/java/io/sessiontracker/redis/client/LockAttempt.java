package io.sessiontracker.redis.client;

import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/**
 * What came of one try to take a lock.
 *
 * @param left milliseconds of the lease of another, who holds it; 0 if none does
 * @param read what was read with it; null if nothing was to be read, or another holds the lock
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
