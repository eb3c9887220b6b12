package io.sessiontracker.event;

import java.time.Instant;

import io.sessiontracker.Session;

/**
 * A session's time has run out. Told for types that have an {@code expired-retention}, by one of the processes that have a
 * listener for it, and at least once if such a process sweeps before the retention is over: if that process dies, or a
 * listener throws, it comes again with the same id. Never told for a session that was finished or deleted.
 *
 * @param eventId the same however often it comes; no two sessions that expire have the same. Whoever must act only once
 *     remembers it
 * @param at the deadline
 * @param session its last state
 * @param <S> the session's class
 */
public record SessionExpired<S extends Session>(String eventId, String type, String key, Instant at, S session)
        implements SessionEvent<S> {}
