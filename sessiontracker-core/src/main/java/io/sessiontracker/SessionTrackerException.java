package io.sessiontracker;

import org.jspecify.annotations.Nullable;

/** The root of all exceptions for what a caller could not expect. */
public class SessionTrackerException extends RuntimeException {

    /** Creates an exception that names what went wrong, with its cause where there is one. */
    public SessionTrackerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
