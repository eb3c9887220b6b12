package io.sessiontracker.engine;

import io.sessiontracker.Session;
import io.sessiontracker.SessionWatch;
import io.sessiontracker.SessionWatcher;
import io.sessiontracker.TrackerMethod;

/**
 * The operations shared by the blocking and the non-blocking tracker, as stages that go on where a {@link ReplyDispatcher} says. Each API
 * has its own engine, over one store, one lock service and one set of types.
 */
record SessionEngine(
        SessionTypes types,
        SessionStarts starts,
        SessionOperations operations,
        SessionTransitions transitions,
        SessionModification modification,
        SessionLocks locks,
        SessionQueries queries,
        SessionWatches watches) {

    /** Authorizes a watch once, and begins it. Its calls are not observed: it asks the store together with other watches. */
    <S extends Session> SessionWatch watch(Class<S> type, String key, SessionWatcher<? super S> watcher) {
        SessionTypeInfo<S> info = types.of(type);
        operations.observer().authorize(TrackerMethod.WATCH, info, key);
        return watches.watch(info, operations.observer().address(info, key), watcher);
    }
}
