package io.sessiontracker.engine;

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
        SessionWatches watches) {}
