package io.sessiontracker;

import org.jspecify.annotations.Nullable;

/**
 * The store or the lock service could not be reached in time, or replied with an error. Whether a change was made is
 * unknown; repeating the call with the same instance is safe.
 */
public final class SessionStoreException extends SessionTrackerException {

    /** Creates an exception that names what was tried and why it failed. */
    public SessionStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
