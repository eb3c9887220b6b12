package io.sessiontracker.json;

import java.util.List;
import java.util.function.UnaryOperator;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The versions of a session class.
 *
 * @param version the class's own
 * @param written the version that is written
 * @param steps from the oldest version that can be read to the class's own
 */
record VersionSteps(int version, int written, List<SessionUpcaster> steps) {

    private int oldest() {
        return version - steps.size();
    }

    /**
     * Returns a state of an older version as that of the class's.
     *
     * @throws RefusedStateException if there is no upcaster, or one fails
     */
    ObjectNode upcast(int from, JsonNode state) {
        if (from < oldest()) {
            throw new RefusedStateException(
                    "it has version %d, and %s".formatted(from, steps.isEmpty() ? noUpcaster() : firstUpcaster()));
        }
        ObjectNode current = requireObject(state);
        for (int step = from; step < version; step++) {
            current = apply("upcasting", step, step + 1, step(step)::upcast, current);
        }
        return current;
    }

    private String noUpcaster() {
        return "there is no upcaster to version %d, which this process knows".formatted(version);
    }

    private String firstUpcaster() {
        return "the first upcaster begins with version %d".formatted(oldest());
    }

    /**
     * Returns a state of the class's version as that of the version that is written.
     *
     * @throws RefusedStateException if a downcaster fails
     */
    ObjectNode downcast(JsonNode state) {
        ObjectNode older = requireObject(state);
        for (int step = version - 1; step >= written; step--) {
            older = apply("downcasting", step + 1, step, ((SessionDowncaster) step(step))::downcast, older);
        }
        return older;
    }

    private SessionUpcaster step(int from) {
        return steps.get(from - oldest());
    }

    private static ObjectNode apply(String how, int from, int to, UnaryOperator<ObjectNode> step, ObjectNode state) {
        ObjectNode next;
        try {
            next = step.apply(state);
        } catch (RuntimeException failed) {
            throw new RefusedStateException(
                    "%s it from version %d to %d failed with %s"
                            .formatted(how, from, to, failed.getClass().getSimpleName()),
                    failed);
        }
        if (next == null) {
            throw new RefusedStateException("%s it from version %d to %d gave null".formatted(how, from, to));
        }
        return next;
    }

    private static ObjectNode requireObject(JsonNode state) {
        if (state instanceof ObjectNode object) {
            return object;
        }
        throw new RefusedStateException("it is not a JSON object");
    }
}
