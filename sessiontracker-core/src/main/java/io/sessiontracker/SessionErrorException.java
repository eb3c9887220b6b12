package io.sessiontracker;

/** What {@link SessionResult#orElseThrow} makes of a failure. */
public final class SessionErrorException extends SessionTrackerException {

    // An error can hold a session, which is not serializable: the exception is for this process, its message for all.
    private final transient SessionError error;

    /** For that error, with its message. */
    public SessionErrorException(SessionError error) {
        super(error.message(), null);
        this.error = error;
    }

    /** Why nothing was done. */
    public SessionError error() {
        return error;
    }
}
