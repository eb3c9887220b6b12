package io.sessiontracker.spi;

import java.util.concurrent.CompletionStage;

import io.sessiontracker.LockStatus;

/** Takes a session's lock and reads the session in one step: what a lock service offers that keeps its locks with the sessions. */
public interface LockingReader {

    /**
     * Does at once what {@link SessionLockProvider#acquire} and then {@link SessionDataProvider#get} with a touch would do. The
     * lock is only taken if there is a session to read, and nothing is touched unless the lock is taken. Waits, is withdrawn
     * and fails as {@link SessionLockProvider#acquire} does.
     */
    CompletionStage<LockingReply> acquireAndGet(LockRequest request);

    /** What came of taking a lock and reading its session at once. */
    sealed interface LockingReply {

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
}
