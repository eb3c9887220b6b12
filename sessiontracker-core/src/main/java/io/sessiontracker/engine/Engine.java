package io.sessiontracker.engine;

/** What a face is made over: every operation once, as stages that go on where a {@link ReplyDispatcher} says. */
record Engine(SessionTypes types, SessionCalls calls, SessionQueries queries) {}
