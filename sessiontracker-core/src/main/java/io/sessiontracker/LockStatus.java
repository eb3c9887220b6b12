package io.sessiontracker;

/** The state of a lock handle, or the reason why a lock was not acquired. */
public enum LockStatus {
    /** The handle was closed. */
    UNLOCKED,
    /** The lock is held, and its lease has not run out. */
    ACQUIRED,
    /** Too few servers confirmed the lock, so it is not held. */
    NO_QUORUM,
    /** Another acquisition holds the lock. */
    CONFLICTED,
    /** The lock was held, and its lease ran out or was lost. */
    EXPIRED
}
