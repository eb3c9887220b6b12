package io.sessiontracker;

/**
 * A session together with its held lock.
 *
 * @param <S> the session's class
 */
public interface LockedSession<S extends Session> extends AutoCloseable {

    /** A fresh copy of the session, read after the lock was acquired. */
    S session();

    /** The lock. */
    SessionLock lock();

    /** Frees the lock, see {@link SessionLock#close}. Does not store the session. */
    @Override
    void close();
}
