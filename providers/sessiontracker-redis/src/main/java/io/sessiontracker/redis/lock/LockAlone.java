package io.sessiontracker.redis.lock;

import io.sessiontracker.redis.script.LockAttempt;
import io.sessiontracker.redis.script.LockScripts;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/** Acquires a lock, whether or not there is a session. */
record LockAlone(LockScripts operations) implements LockForm<LockReply> {

    @Override
    public ScriptCall<LockAttempt> call(LockRequest request, String id, boolean othersWait) {
        return operations.lock(request, id, othersWait);
    }

    @Override
    public LockReply acquired(LockReply.Acquired lock, @Nullable StoreReply read) {
        return lock;
    }

    @Override
    public LockReply refused(LockReply.Refused refusal) {
        return refusal;
    }

    @Override
    public LockReply absent(StoreReply read) {
        throw new IllegalStateException("No session was requested, but the reply is " + read);
    }
}
