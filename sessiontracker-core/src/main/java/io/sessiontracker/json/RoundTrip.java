package io.sessiontracker.json;

import java.util.Arrays;
import java.util.Set;

import io.sessiontracker.Session;
import tools.jackson.databind.json.JsonMapper;

/** Reads a written session, writes it again and compares: the JSON of both, and the classes of their values. */
final class RoundTrip {

    private final JsonMapper mapper;
    private final JsonMapper trees;

    /** Creates a round trip with the settings of the mapper that writes sessions. */
    RoundTrip(JsonMapper mapper) {
        this.mapper = SessionMapper.comparing(mapper);
        this.trees = SessionMapper.trees(mapper);
    }

    /**
     * Verifies that a session can be read back unchanged.
     *
     * @return the classes for which the outcome depends on the value
     * @throws RefusedStateException if it cannot
     */
    Set<Class<?>> verify(SessionClassModel<?> model, Session session, byte[] json) throws Exception {
        try {
            return compare(model, session, json);
        } catch (RefusedStateException refused) {
            VersionSteps versions = model.versions();
            throw versions.written() == versions.version()
                    ? refused
                    : new RefusedStateException(
                            "it is written in version %d, by its downcasters, and read by its upcasters: %s"
                                    .formatted(versions.written(), refused.reason()),
                            refused);
        }
    }

    private Set<Class<?>> compare(SessionClassModel<?> model, Session session, byte[] json) throws Exception {
        Session copy = read(model, session.getKey(), json);
        TypeComparison comparison = new TypeComparison(mapper);
        comparison.compare(session, copy);
        byte[] before = mapper.writeValueAsBytes(session);
        byte[] after = mapper.writeValueAsBytes(copy);
        if (!Arrays.equals(before, after)) {
            new JsonComparison(model.properties()).compare(trees.readTree(before), trees.readTree(after));
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
}
