package io.sessiontracker.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.exc.InvalidDefinitionException;

/**
 * Stands for an exception whose message may tell the session's state: the messages of Jackson, and of an application's own
 * constructors and setters, name the values they could not use. Keeps its class's name, its stack trace and its causes.
 */
final class RedactedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Also an end to causes that go in a circle. */
    private static final int MAX_CAUSES = 10;

    private RedactedException(Throwable original, @Nullable RedactedException cause) {
        super(message(original), cause, false, true);
        setStackTrace(original.getStackTrace());
    }

    /** What is wrong with a type is no secret. */
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
