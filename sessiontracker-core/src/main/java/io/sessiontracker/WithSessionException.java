package io.sessiontracker;

/** Says why a method with {@link WithSession} was not called, or why its session was not stored. */
public final class WithSessionException extends SessionErrorException {

    private final String method;

    /** Creates an exception for the method and the error, with the messages of both. */
    public WithSessionException(String method, SessionError error) {
        super(error, method + ": " + error.message());
        this.method = method;
    }

    /** Returns the method's class, name and parameter types. */
    public String method() {
        return method;
    }
}
