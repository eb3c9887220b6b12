package io.sessiontracker.event;

import java.time.Instant;

import io.sessiontracker.Session;
import org.jspecify.annotations.Nullable;

/**
 * A session was deleted. Deleting a running and a finished session of one key is one event, with the running one.
 *
 * @param session its last state; null if it could not be read
 * @param <S> the session's class
 */
public record SessionDeleted<S extends Session>(
        String eventId,
        String type,
        String key,
        Instant at,
        @Nullable S session) implements SessionEvent<S> {}
