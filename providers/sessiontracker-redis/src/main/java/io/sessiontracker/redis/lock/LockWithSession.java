package io.sessiontracker.redis.lock;

import io.sessiontracker.redis.script.LockAttempt;
import io.sessiontracker.redis.script.LockScripts;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.LockingReader.LockingReply;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/** Acquires a lock and reads its session in one step; without a session there is no lock. */
record LockWithSession(LockScripts operations) implements LockForm<LockingReply> {

    @Override
    public ScriptCall<LockAttempt> call(LockRequest request, String id, boolean othersWait) {
        return operations.lockAndGet(request, id, othersWait);
    }

    @Override
    public LockingReply acquired(LockReply.Acquired lock, @Nullable StoreReply read) {
        if (!(read instanceof StoreReply.Done session)) {
            throw new IllegalStateException("A session was requested, but the reply is " + read);
        }
        return new LockingReply.Locked(lock, session);
    }

    @Override
    public LockingReply refused(LockReply.Refused refusal) {
        return new LockingReply.NotLocked(refusal);
    }

    @Override
    public LockingReply absent(StoreReply read) {
        return new LockingReply.NoSession(read);
    }
}
