package io.sessiontracker.json;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Describes what failed and where, without revealing a session's state. */
final class FailureReason {

    private FailureReason() {}

    /**
     * Describes a failure.
     *
     * @param properties the property names, which may be shown
     */
    static String of(Throwable failure, Set<String> properties) {
        if (failure instanceof RefusedStateException refused) {
            return refused.reason();
        }
        Throwable root = root(failure);
        String kind = root.getClass().getSimpleName();
        if (!(failure instanceof JacksonException jackson)) {
            return kind;
        }
        PropertyPath path = PropertyPath.of(jackson.getPath(), properties);
        String first = path.first();
        String where = path.text().equals(first) ? "" : " at " + path.text();
        String detail = root instanceof JacksonException reason ? detail(reason) : null;
        return (first.isEmpty() ? kind : "property \"" + first + "\" failed with " + kind + where)
                + (detail == null ? "" : ": " + detail);
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && depth < 10; depth++) {
            root = root.getCause();
        }
        return root;
    }

    private static @Nullable String detail(JacksonException failure) {
        if (failure instanceof InvalidDefinitionException definition) {
            return definition(definition);
        }
        if (failure instanceof InvalidTypeIdException unknown) {
            return "the JSON names a type that is no known subtype of "
                    + unknown.getBaseType().getRawClass().getName();
        }
        return failure instanceof MismatchedInputException mismatch ? mismatch(mismatch) : null;
    }

    /** Describes what is wrong with a type, without the value that Jackson may append. */
    static String definition(InvalidDefinitionException failure) {
        return failure.getOriginalMessage().replaceAll("(?s) value \\(.*", " value");
    }

    private static @Nullable String mismatch(MismatchedInputException failure) {
        Class<?> expected = failure.getTargetType();
        if (expected == null) {
            return null;
        }
        String found = found(failure.getCurrentToken());
        return "expected " + expected.getTypeName() + (found == null ? "" : ", found " + found);
    }

    private static @Nullable String found(@Nullable JsonToken token) {
        if (token == null) {
            return null;
        }
        return switch (token) {
            case START_OBJECT, END_OBJECT, PROPERTY_NAME -> "an object";
            case START_ARRAY, END_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "an integer";
            case VALUE_NUMBER_FLOAT -> "a decimal number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> null;
        };
    }
}
