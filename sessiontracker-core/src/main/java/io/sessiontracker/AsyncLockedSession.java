package io.sessiontracker;

import java.util.concurrent.CompletableFuture;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/**
 * A session together with its held lock, for callers that do not block.
 *
 * @param <S> the session's class
 */
public interface AsyncLockedSession<S extends Session> {

    /** Returns a fresh copy of the session, read after the lock was acquired. */
    S session();

    /** Returns the held lock. */
    AsyncSessionLock lock();

    /** Releases the lock, see {@link AsyncSessionLock#release}. Does not store the session. */
    @CanIgnoreReturnValue
    default CompletableFuture<Void> release() {
        return lock().release();
    }
}
