package io.sessiontracker.event;

import java.time.Instant;

import io.sessiontracker.Session;

/**
 * A finished session runs again.
 *
 * @param <S> the session's class
 */
public record SessionResumed<S extends Session>(String eventId, String type, String key, Instant at, S session)
        implements SessionEvent<S> {}
