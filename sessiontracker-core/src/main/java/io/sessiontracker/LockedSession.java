package io.sessiontracker;

/**
 * A session together with its held lock.
 *
 * @param <S> the session's class
 */
public interface LockedSession<S extends Session> extends AutoCloseable {

    /** Returns a fresh copy of the session, read after the lock was acquired. */
    S session();

    /** Returns the held lock. */
    SessionLock lock();

    /** Releases the lock, see {@link SessionLock#close}. Does not store the session. */
    @Override
    void close();
}
