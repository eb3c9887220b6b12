package io.sessiontracker.engine;

import io.sessiontracker.Session;

/** Thrown for a listener of expired sessions whose type has no retention: the listener would never be called. */
public final class MissingRetentionException extends IllegalStateException {

    private final String type;
    private final Class<? extends Session> sessionClass;
    private final boolean queryable;

    MissingRetentionException(String type, Class<? extends Session> sessionClass, boolean queryable) {
        super(
                ("A listener for SessionExpired<%1$s> would never be called: session type \"%2$s\" has no expired-retention. Set"
                                + " session-tracker.types.%2$s.expired-retention to how long an expired session is to be kept for it,"
                                + " such as 10m%3$s")
                        .formatted(
                                sessionClass.getSimpleName(),
                                type,
                                queryable ? "" : ", and session-tracker.types.%s.queryable to true".formatted(type)));
        this.type = type;
        this.sessionClass = sessionClass;
        this.queryable = queryable;
    }

    /** Returns whether the type's sessions are queryable; else they can have no retention. */
    public boolean queryable() {
        return queryable;
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
