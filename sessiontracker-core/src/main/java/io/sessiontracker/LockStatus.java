package io.sessiontracker;

/** What a lock, or the try to get one, came to. */
public enum LockStatus {
    /** Nobody holds it through this handle: it was closed. */
    UNLOCKED,
    /** Held, and its lease runs. */
    ACQUIRED,
    /** Too few servers confirmed it, so it is not held. */
    NO_QUORUM,
    /** Somebody else holds it. */
    CONFLICTED,
    /** It was held, and its lease ran out or was lost. */
    EXPIRED
}
