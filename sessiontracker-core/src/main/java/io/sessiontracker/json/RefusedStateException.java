package io.sessiontracker.json;

/** Says why a session is not written or read. Its message is ours: it names properties and types, never a value. */
final class RefusedStateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    RefusedStateException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
