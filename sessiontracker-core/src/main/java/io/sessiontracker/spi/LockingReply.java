package io.sessiontracker.spi;

import io.sessiontracker.LockStatus;

/** What came of taking a lock and reading its session at once. */
public sealed interface LockingReply {

    /** {@link LockStatus#ACQUIRED}; {@link LockStatus#UNLOCKED} if there is no session; else why it was refused. */
    LockStatus status();

    /** The lock is held, and this is the session that it guards. */
    record Locked(LockReply.Acquired lock, StoreReply.Done session) implements LockingReply {
        @Override
        public LockStatus status() {
            return LockStatus.ACQUIRED;
        }
    }

    /** The lock is not held, and nothing was read. */
    record NotLocked(LockReply.Refused refusal) implements LockingReply {
        @Override
        public LockStatus status() {
            return refusal.status();
        }
    }

    /**
     * The lock would have been free, but there is no session; the lock is not held.
     *
     * @param reply {@link StoreReply.AlreadyFinished} or {@link StoreReply.NotFound}
     */
    record NoSession(StoreReply reply) implements LockingReply {
        @Override
        public LockStatus status() {
            return LockStatus.UNLOCKED;
        }
    }
}
