package io.sessiontracker;

import org.jspecify.annotations.Nullable;

/**
 * The store or the lock service could not be reached in time, or answered an error. Whether a change was made is not
 * known; repeating the call with the same instance is safe.
 */
public final class SessionStoreException extends SessionTrackerException {

    /** With what was tried, and what came of it. */
    public SessionStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
