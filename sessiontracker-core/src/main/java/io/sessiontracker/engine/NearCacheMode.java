package io.sessiontracker.engine;

/** Whether and how copies of a type's sessions are kept in this process's memory. */
public enum NearCacheMode {

    /** No copies. */
    NONE,

    /**
     * A read asks the store whether the copy is current, and is answered the session only if it is not: as fresh as a read of the store,
     * in the same round trip, with few bytes.
     */
    VALIDATED
}
