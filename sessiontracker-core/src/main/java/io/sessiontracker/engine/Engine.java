package io.sessiontracker.engine;

/** What the faces share: every operation once, as stages that go on where a {@link Handover} says. */
record Engine(
        SessionTypes types,
        SessionOperations operations,
        SessionMoves moves,
        SessionModification modification,
        SessionLocks locks,
        SessionQueries queries) {}
