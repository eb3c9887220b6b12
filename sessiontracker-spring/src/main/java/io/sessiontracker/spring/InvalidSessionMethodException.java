package io.sessiontracker.spring;

/** Thrown for an annotated method on which {@code @WithSession} cannot work. */
public final class InvalidSessionMethodException extends RuntimeException {

    private final String action;

    InvalidSessionMethodException(String method, String problem, String action) {
        super("@WithSession cannot work on " + method + ": " + problem);
        this.action = action;
    }

    /** Returns what to change. */
    public String action() {
        return action;
    }
}
