package io.sessiontracker.engine;

import io.sessiontracker.Session;

/** A listener waits for the expiry of sessions that nothing is kept of, so it would wait for ever. */
public final class MissingRetentionException extends IllegalStateException {

    private final String type;
    private final Class<? extends Session> sessionClass;

    MissingRetentionException(String type, Class<? extends Session> sessionClass) {
        super(
                ("A listener for SessionExpired<%s> would never be called: session type \"%s\" has no expired-retention. Set"
                                + " session-tracker.types.%s.expired-retention to how long an expired session is to be kept for it,"
                                + " such as 10m")
                        .formatted(sessionClass.getSimpleName(), type, type));
        this.type = type;
        this.sessionClass = sessionClass;
    }

    /** The session type's name. */
    public String type() {
        return type;
    }

    /** The class that the listener names. */
    public Class<? extends Session> sessionClass() {
        return sessionClass;
    }
}
