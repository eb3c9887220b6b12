package io.sessiontracker.spi;

import io.sessiontracker.LockStatus;

/** What came of a {@link LockRequest}. */
public sealed interface LockReply {

    /** The lock is held. */
    record Acquired(HeldLock lock) implements LockReply {}

    /**
     * The lock is not held.
     *
     * @param status {@link LockStatus#CONFLICTED} if somebody else holds it, {@link LockStatus#NO_QUORUM} if too few
     *     servers confirmed it
     */
    record Refused(LockStatus status) implements LockReply {}
}
