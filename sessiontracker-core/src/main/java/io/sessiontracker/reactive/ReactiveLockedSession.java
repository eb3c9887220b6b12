package io.sessiontracker.reactive;

import io.sessiontracker.Session;
import reactor.core.publisher.Mono;

/**
 * A session together with its held lock, for callers that do not wait.
 *
 * @param <S> the session's class
 */
public interface ReactiveLockedSession<S extends Session> {

    /** Returns a fresh copy of the session, read after the lock was acquired. */
    S session();

    /** Returns the lock. */
    ReactiveSessionLock lock();

    /** Frees the lock, see {@link ReactiveSessionLock#release}. Does not store the session. */
    default Mono<Void> release() {
        return lock().release();
    }
}
