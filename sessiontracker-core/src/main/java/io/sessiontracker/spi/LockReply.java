package io.sessiontracker.spi;

import io.sessiontracker.LockStatus;

/** What came of a {@link LockRequest}. */
public sealed interface LockReply {

    /** {@link LockStatus#ACQUIRED}, or why not. */
    LockStatus status();

    /**
     * The lock is held.
     *
     * @param askedAt {@link System#nanoTime} just before the request was sent that the service granted. The lease cannot
     *     have begun earlier, so a holder that counts from here never believes in a lock that has run out. It is not when a
     *     waiter began to wait: a lease may be shorter than the wait was
     */
    record Acquired(HeldLock lock, long askedAt) implements LockReply {
        @Override
        public LockStatus status() {
            return LockStatus.ACQUIRED;
        }
    }

    /**
     * The lock is not held.
     *
     * @param status {@link LockStatus#CONFLICTED} if another acquisition holds it, {@link LockStatus#NO_QUORUM} if too few
     *     servers confirmed it
     */
    record Refused(LockStatus status) implements LockReply {}
}
