package io.sessiontracker.cache;

/** Whether and how copies of a type's sessions are kept in this process's memory. */
public enum NearCacheMode {

    /** No copies. */
    NONE,

    /**
     * A read asks the store whether the copy is current, and is answered the session only if it is not: as fresh as a read of the store,
     * in the same round trip, with few bytes.
     */
    VALIDATED,

    /**
     * A read is answered from memory, without asking the store, which announces changes: it may be stale, by less than
     * {@link NearCacheSettings#maxStaleness}.
     */
    LOCAL
}
