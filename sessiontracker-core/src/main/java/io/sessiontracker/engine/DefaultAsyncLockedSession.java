package io.sessiontracker.engine;

import io.sessiontracker.AsyncLockedSession;
import io.sessiontracker.AsyncSessionLock;
import io.sessiontracker.Session;

/** The async API's form of a session that was read after its lock was acquired. */
record DefaultAsyncLockedSession<S extends Session>(S session, AsyncSessionLock lock) implements AsyncLockedSession<S> {

    static <S extends Session> AsyncLockedSession<S> of(HeldSession<S> held, CallbackExecutor workers) {
        return new DefaultAsyncLockedSession<>(held.session(), new DefaultAsyncSessionLock(held.lock(), workers));
    }
}
