package io.sessiontracker.event;

import java.time.Instant;

import io.sessiontracker.Session;

/**
 * A running session's reminder is due, see {@link Session#remind} and {@link Session#remindBeforeExpiry}. Delivered to one of the
 * processes that have a listener for it, and at least once if such a process sweeps while the session runs: if that process dies, or a
 * listener throws, it is redelivered with the same id. Never delivered once the session was finished or deleted, or has expired; one that
 * is cancelled or set anew while it is delivered may still arrive.
 *
 * @param eventId unique to this reminder and moment, and the same in every redelivery; a listener that must act only once remembers it,
 *     for example as the operation's id of a {@link io.sessiontracker.SessionTracker#modify}
 * @param name the reminder's name
 * @param at when it was due
 * @param session a copy of the session as it was when the reminder was claimed
 * @param <S> the session's class
 */
public record SessionReminder<S extends Session>(
        String eventId, String name, String type, String key, Instant at, S session) implements SessionEvent<S> {}
