package io.sessiontracker.redis.script;

import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one attempt to acquire a lock.
 *
 * @param token the fencing token of the grant; 0 if the lock was not acquired
 * @param left milliseconds left of another holder's lease; 0 if there is none
 * @param read the reply for its session; null if none was requested, or another holds the lock
 */
public record LockAttempt(long token, long left, @Nullable StoreReply read) {

    private static final int LOCKED = 7;
    private static final int GRANTED = 11;
    private static final int DATA = 1;
    private static final int TOKEN_SIZE = 16;

    static LockAttempt decode(byte[] reply) {
        if (ScriptReplies.code(reply) == GRANTED) {
            return new LockAttempt(ScriptReplies.decimals(reply, DATA, DATA + TOKEN_SIZE), 0, null);
        }
        return new LockAttempt(0, ScriptReplies.decimals(reply, DATA), null);
    }

    static LockAttempt decodeWithSession(byte[] reply) {
        return switch (ScriptReplies.code(reply)) {
            case LOCKED -> decode(reply);
            case GRANTED ->
                new LockAttempt(
                        decode(reply).token(), 0, ScriptReplies.decode(ScriptReplies.after(reply, DATA + TOKEN_SIZE)));
            default -> new LockAttempt(0, 0, ScriptReplies.decode(reply));
        };
    }

    public boolean taken() {
        return token > 0;
    }

    public boolean isRefused() {
        return !taken() && read == null;
    }
}
