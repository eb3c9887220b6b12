package io.sessiontracker;

import org.jspecify.annotations.Nullable;

/**
 * This session cannot be written as JSON, or read from it; nor is one written that a newer release stored in a {@linkplain
 * SessionType#version version} which this process does not know. What is stored stays as it is. Neither this exception nor its cause
 * reveals the session's state.
 */
public sealed class SessionCodecException extends SessionTrackerException permits SessionTooLargeException {

    private final String type;
    private final String key;

    /**
     * @param message what could not be done and why, naming type and key, without the session's state
     * @param cause without the session's state, too
     */
    public SessionCodecException(String type, String key, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.type = type;
        this.key = key;
    }

    /** Returns the session type's name. */
    public String type() {
        return type;
    }

    /** Returns the application's key. */
    public String key() {
        return key;
    }
}
