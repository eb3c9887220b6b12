package io.sessiontracker.event;

import java.time.Instant;

import io.sessiontracker.Session;

/**
 * A session was started.
 *
 * @param <S> the session's class
 */
public record SessionStarted<S extends Session>(String eventId, String type, String key, Instant at, S session)
        implements SessionEvent<S> {}
