package io.sessiontracker.spi;

/** What came of taking a lock and reading its session at once. */
public sealed interface LockingReply {

    /** The lock is held, and this is the session that it guards. */
    record Locked(LockReply.Acquired lock, StoreReply.Done session) implements LockingReply {}

    /** The lock is not held, and nothing was read. */
    record NotLocked(LockReply.Refused refusal) implements LockingReply {}

    /**
     * The lock would have been free, but there is no session; the lock is not held.
     *
     * @param reply {@link StoreReply.AlreadyFinished} or {@link StoreReply.NotFound}
     */
    record NoSession(StoreReply reply) implements LockingReply {}
}
