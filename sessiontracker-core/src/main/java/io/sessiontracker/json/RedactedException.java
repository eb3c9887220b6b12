package io.sessiontracker.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.exc.InvalidDefinitionException;

/**
 * Replaces an exception whose message may reveal the session's state: Jackson's messages, and those of the application's
 * constructors and setters, quote values. Keeps the class name, the stack trace and the causes.
 */
final class RedactedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Also ends a cycle of causes. */
    private static final int MAX_CAUSES = 10;

    private RedactedException(Throwable original, @Nullable RedactedException cause) {
        super(message(original), cause, false, true);
        setStackTrace(original.getStackTrace());
    }

    /** A problem with a type reveals no value. */
    private static String message(Throwable original) {
        String type = original.getClass().getName();
        if (original instanceof RefusedStateException refused) {
            return type + ": " + refused.reason();
        }
        return original instanceof InvalidDefinitionException definition
                ? type + ": " + FailureReason.definition(definition)
                : type;
    }

    static RedactedException of(Throwable original) {
        return new RedactedException(original, ofCause(original, 1));
    }

    private static @Nullable RedactedException ofCause(Throwable original, int depth) {
        Throwable cause = original.getCause();
        return cause == null || depth == MAX_CAUSES ? null : new RedactedException(cause, ofCause(cause, depth + 1));
    }
}
