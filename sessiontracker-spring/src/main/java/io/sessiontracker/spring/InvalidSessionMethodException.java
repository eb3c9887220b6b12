package io.sessiontracker.spring;

/** A method has an annotation that cannot work on it. */
public final class InvalidSessionMethodException extends RuntimeException {

    private final String action;

    InvalidSessionMethodException(String method, String problem, String action) {
        super("@WithSession cannot work on " + method + ": " + problem);
        this.action = action;
    }

    /** What to change. */
    public String action() {
        return action;
    }
}
