package io.sessiontracker;

/** What {@link SessionResult#orElseThrow} makes of a failure. */
public final class SessionErrorException extends SessionTrackerException {

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
