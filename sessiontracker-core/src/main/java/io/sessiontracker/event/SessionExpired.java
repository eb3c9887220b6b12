package io.sessiontracker.event;

import java.time.Instant;

import io.sessiontracker.Session;

/**
 * A session expired. Delivered for types that have an {@code expired-retention}, to one of the processes that have a
 * listener for it, and at least once if such a process sweeps before the retention is over: if that process dies, or a
 * listener throws, it is redelivered with the same id. Never delivered for a session that was finished or deleted.
 *
 * @param eventId unique to this expiry, and the same in every redelivery; a listener that must act only once remembers it
 * @param at the deadline
 * @param session its last state
 * @param <S> the session's class
 */
public record SessionExpired<S extends Session>(String eventId, String type, String key, Instant at, S session)
        implements SessionEvent<S> {}
