package io.sessiontracker.event;

import java.time.Instant;

import io.sessiontracker.Session;

/**
 * A session was finished.
 *
 * @param <S> the session's class
 */
public record SessionFinished<S extends Session>(String eventId, String type, String key, Instant at, S session)
        implements SessionEvent<S> {}
