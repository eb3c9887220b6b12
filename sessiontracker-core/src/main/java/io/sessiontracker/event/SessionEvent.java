package io.sessiontracker.event;

import java.time.Instant;

import io.sessiontracker.Session;
import org.jspecify.annotations.Nullable;

/**
 * A change of a session, published after it was stored, or a reminder of one.
 *
 * <p>All events but {@link SessionExpired} and {@link SessionReminder} are published by the process that made the change, at most once: if it dies in
 * between, the event is lost.
 *
 * @param <S> the session's class
 */
public sealed interface SessionEvent<S extends Session>
        permits SessionStarted,
                SessionUpdated,
                SessionFinished,
                SessionResumed,
                SessionDeleted,
                SessionExpired,
                SessionReminder {

    /** Returns the event's id; a redelivered event has the same. */
    String eventId();

    /** Returns the session type's name. */
    String type();

    /** Returns the application's key. */
    String key();

    /** Returns when it happened, by the store's clock. */
    Instant at();

    /**
     * Returns a copy of the session's last state, shared by the listeners of this event; null only in {@link
     * SessionDeleted}.
     */
    @Nullable
    S session();
}
