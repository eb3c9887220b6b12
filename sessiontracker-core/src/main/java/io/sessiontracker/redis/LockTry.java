package io.sessiontracker.redis;

import java.util.List;

import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/**
 * What came of one try to take a lock.
 *
 * @param left milliseconds of the lease of another, who holds it; 0 if none does
 * @param read what was read with it; null if nothing was to be read, or another holds the lock
 */
record LockTry(boolean taken, long left, @Nullable StoreReply read) {

    private static final long LOCKED = 7;

    static LockTry decode(List<Object> reply) {
        return reply.isEmpty() ? new LockTry(true, 0, null) : new LockTry(false, (Long) reply.get(0), null);
    }

    static LockTry decodeWithSession(List<Object> reply) {
        if (reply.get(0) instanceof Long code && code == LOCKED) {
            return new LockTry(false, (Long) reply.get(1), null);
        }
        StoreReply read = Replies.decode(reply);
        return new LockTry(read instanceof StoreReply.Done, 0, read);
    }

    boolean isRefused() {
        return !taken && read == null;
    }
}
