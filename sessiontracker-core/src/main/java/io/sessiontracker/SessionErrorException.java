package io.sessiontracker;

/** What {@link SessionResult#orElseThrow} makes of a failure. */
public sealed class SessionErrorException extends SessionTrackerException permits WithSessionException {

    // An error can hold a session, which is not serializable: the exception is for this process, its message for all.
    private final transient SessionError error;

    /** For that error, with its message. */
    public SessionErrorException(SessionError error) {
        this(error, error.message());
    }

    SessionErrorException(SessionError error, String message) {
        super(message, null);
        this.error = error;
    }

    /** Why nothing was done. */
    public SessionError error() {
        return error;
    }
}
