package io.sessiontracker.redis;

import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/**
 * What came of one try to take a lock.
 *
 * @param left milliseconds of the lease of another, who holds it; 0 if none does
 * @param read what was read with it; null if nothing was to be read, or another holds the lock
 */
record LockTry(boolean taken, long left, @Nullable StoreReply read) {

    private static final int LOCKED = 7;

    static LockTry decode(byte[] reply) {
        return reply.length == 0 ? new LockTry(true, 0, null) : new LockTry(false, Replies.decimals(reply, 0), null);
    }

    static LockTry decodeWithSession(byte[] reply) {
        if (Replies.code(reply) == LOCKED) {
            return new LockTry(false, Replies.decimals(reply, 1), null);
        }
        StoreReply read = Replies.decode(reply);
        return new LockTry(read instanceof StoreReply.Done, 0, read);
    }

    boolean isRefused() {
        return !taken && read == null;
    }
}
