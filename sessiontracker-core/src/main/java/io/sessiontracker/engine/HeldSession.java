package io.sessiontracker.engine;

import io.sessiontracker.LockedSession;
import io.sessiontracker.Session;

/** A session that was read after its lock was acquired. */
record HeldSession<S extends Session>(S session, DefaultSessionLock lock) implements LockedSession<S> {
    @Override
    public void close() {
        lock.close();
    }
}
