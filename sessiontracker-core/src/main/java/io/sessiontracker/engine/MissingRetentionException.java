package io.sessiontracker.engine;

import io.sessiontracker.Session;

/** Thrown for a listener of expired sessions whose type has no retention: the listener would never be called. */
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

    /** Returns the session type's name. */
    public String type() {
        return type;
    }

    /** Returns the class that the listener names. */
    public Class<? extends Session> sessionClass() {
        return sessionClass;
    }
}
