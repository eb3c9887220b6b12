package io.sessiontracker;

import java.util.concurrent.CompletableFuture;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/**
 * A session together with its held lock, for callers that do not wait.
 *
 * @param <S> the session's class
 */
public interface AsyncLockedSession<S extends Session> {

    /** A fresh copy of the session, read after the lock was acquired. */
    S session();

    /** The lock. */
    AsyncSessionLock lock();

    /** Frees the lock, see {@link AsyncSessionLock#release}. Does not store the session. */
    @CanIgnoreReturnValue
    default CompletableFuture<Void> release() {
        return lock().release();
    }
}
