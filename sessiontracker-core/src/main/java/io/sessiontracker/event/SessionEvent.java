package io.sessiontracker.event;

import java.time.Instant;

import io.sessiontracker.Session;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a session, after it was stored.
 *
 * <p>All but {@link SessionExpired} are told by the process that did it, at most once: if it dies in between, nobody is told.
 *
 * @param <S> the session's class
 */
public sealed interface SessionEvent<S extends Session>
        permits SessionStarted, SessionUpdated, SessionFinished, SessionResumed, SessionDeleted, SessionExpired {

    /** Tells events apart; an event that comes again has the same. */
    String eventId();

    /** The session type's name. */
    String type();

    /** The application's key. */
    String key();

    /** When it happened, by the store's clock. */
    Instant at();

    /** A copy of the session's last state, shared by the listeners of this event; null only in {@link SessionDeleted}. */
    @Nullable
    S session();
}
