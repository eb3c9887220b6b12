package io.sessiontracker.micrometer;

import io.micrometer.observation.Observation;
import io.sessiontracker.SessionError;
import org.jspecify.annotations.Nullable;

/** An operation on sessions, as an observation's convention and handlers see it. */
public final class SessionObservationContext extends Observation.Context {

    private final String operation;
    private final String type;
    private final @Nullable String key;
    private @Nullable SessionError failure;
    private boolean ended;

    SessionObservationContext(String operation, String type, @Nullable String key) {
        this.operation = operation;
        this.type = type;
        this.key = key;
    }

    /** Returns the method's name, such as {@code getOrStart}. */
    public String operation() {
        return operation;
    }

    /** Returns the session type's name. */
    public String type() {
        return type;
    }

    /** Returns the session's key; null for an operation on many. The default convention leaves it out: it has as many values as there are sessions. */
    public @Nullable String key() {
        return key;
    }

    /** Why nothing was done, where a caller could expect that; null if it was done, and before the end. */
    public @Nullable SessionError failure() {
        return failure;
    }

    /** Returns whether the operation has ended. */
    public boolean hasEnded() {
        return ended;
    }

    void end(@Nullable SessionError failed) {
        this.failure = failed;
        this.ended = true;
    }
}
