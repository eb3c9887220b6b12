package io.sessiontracker;

/** Thrown by {@link SessionResult#orElseThrow} for a failure. */
public class SessionErrorException extends SessionTrackerException {

    // An error can hold a session, which is not serializable: the exception is for this process, its message for all.
    private final transient SessionError error;

    /** Creates an exception with the error and its message. */
    public SessionErrorException(SessionError error) {
        this(error, error.message());
    }

    /** Creates an exception with the error and another message. */
    protected SessionErrorException(SessionError error, String message) {
        super(message, null);
        this.error = error;
    }

    /** Returns why nothing was done. */
    public SessionError error() {
        return error;
    }
}
