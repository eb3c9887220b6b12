package io.sessiontracker.engine;

import java.time.Duration;

import io.sessiontracker.Session;

/** Thrown for a listener of expired sessions whose retention is so short that some would be lost when a process dies. */
public final class ShortRetentionException extends IllegalStateException {

    private final String type;
    private final Class<? extends Session> sessionClass;
    private final Duration retention;
    private final SweepSettings sweep;

    ShortRetentionException(
            String type, Class<? extends Session> sessionClass, Duration retention, SweepSettings sweep) {
        super(
                ("A listener for SessionExpired<%s> could miss some: session type \"%s\" has an expired-retention of %s, which"
                                + " must be at least %s: session-tracker.sweep.lease (%s) and twice"
                                + " session-tracker.sweep.interval (%s)")
                        .formatted(
                                sessionClass.getSimpleName(),
                                type,
                                retention,
                                sweep.leastRetention(),
                                sweep.lease(),
                                sweep.interval()));
        this.type = type;
        this.sessionClass = sessionClass;
        this.retention = retention;
        this.sweep = sweep;
    }

    /** Returns the session type's name. */
    public String type() {
        return type;
    }

    /** Returns the class that the listener names. */
    public Class<? extends Session> sessionClass() {
        return sessionClass;
    }

    /** Returns the type's retention. */
    public Duration retention() {
        return retention;
    }

    /** Returns the settings that want a longer one. */
    public SweepSettings sweep() {
        return sweep;
    }
}
