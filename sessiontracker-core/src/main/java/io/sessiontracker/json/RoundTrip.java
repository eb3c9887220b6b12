package io.sessiontracker.json;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

import io.sessiontracker.Session;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a written session, writes it again and compares: the JSON of both, and the classes of their values. */
final class RoundTrip {

    private final JsonMapper mapper;
    private final JsonMapper trees;

    /** Creates a round trip with the settings of the mapper that writes sessions. */
    RoundTrip(JsonMapper mapper) {
        this.mapper = SessionMapper.comparing(mapper);
        this.trees = JsonMapper.builder(SessionMapper.factory())
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
    }

    /**
     * Verifies that a session can be read back unchanged.
     *
     * @return the classes for which the outcome depends on the value
     * @throws RefusedStateException if it cannot
     */
    Set<Class<?>> verify(SessionClassModel<?> model, Session session, byte[] json) throws Exception {
        Session copy = read(model, session.getKey(), json);
        TypeComparison comparison = new TypeComparison(mapper);
        comparison.compare(session, copy);
        byte[] before = mapper.writeValueAsBytes(session);
        byte[] after = mapper.writeValueAsBytes(copy);
        if (!Arrays.equals(before, after)) {
            requireSame(trees.readTree(before), trees.readTree(after), PropertyPath.ROOT, model.properties());
        }
        return comparison.dependent();
    }

    private static Session read(SessionClassModel<?> model, String key, byte[] json) {
        try {
            return model.read(key, json);
        } catch (Exception | StackOverflowError unreadable) {
            throw new RefusedStateException(
                    "what is written could not be read: " + FailureReason.of(unreadable, model.properties()));
        }
    }

    private static void requireSame(JsonNode before, JsonNode after, PropertyPath path, Set<String> properties) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            Set<String> names = new TreeSet<>(before.propertyNames());
            names.addAll(after.propertyNames());
            for (String name : names) {
                PropertyPath inside = properties.contains(name) ? path.property(name) : path.key();
                requireSame(before.path(name), after.path(name), inside, properties);
            }
        } else if (before.isArray() && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                requireSame(before.path(i), after.path(i), path.index(i), properties);
            }
        } else {
            throw new RefusedStateException(("%s would not come back as it is: reading it gives another content. Let"
                            + " its field, its setter or its creator take what its getter gives, or leave it out with transient or"
                            + " @JsonIgnore")
                    .formatted(path));
        }
    }
}
