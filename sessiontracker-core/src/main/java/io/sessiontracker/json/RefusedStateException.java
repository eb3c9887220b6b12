package io.sessiontracker.json;

/** Thrown if a session cannot be stored or read faithfully. The message names properties and types, never a value. */
final class RefusedStateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    RefusedStateException(String reason) {
        super(reason);
        this.reason = reason;
    }

    RefusedStateException(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
