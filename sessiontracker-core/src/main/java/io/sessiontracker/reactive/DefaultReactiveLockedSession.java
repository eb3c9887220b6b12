package io.sessiontracker.reactive;

import io.sessiontracker.AsyncLockedSession;
import io.sessiontracker.Session;

/** The reactive API's form of a session that was read after its lock was acquired. */
record DefaultReactiveLockedSession<S extends Session>(S session, ReactiveSessionLock lock)
        implements ReactiveLockedSession<S> {

    static <S extends Session> ReactiveLockedSession<S> of(AsyncLockedSession<S> held) {
        return new DefaultReactiveLockedSession<>(held.session(), new DefaultReactiveSessionLock(held.lock()));
    }
}
