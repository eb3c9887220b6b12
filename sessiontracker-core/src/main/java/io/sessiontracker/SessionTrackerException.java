package io.sessiontracker;

import org.jspecify.annotations.Nullable;

/** Something is wrong that the caller could not expect. Its subclasses say what. */
public class SessionTrackerException extends RuntimeException {

    /** With what went wrong, and its cause where there is one. */
    public SessionTrackerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
