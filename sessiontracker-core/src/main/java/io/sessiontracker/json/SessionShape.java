package io.sessiontracker.json;

import java.util.Set;

import io.sessiontracker.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/**
 * How one class is written and read; made once per class.
 *
 * @param properties the names of the class's own properties in JSON: no secret, unlike the keys of a map
 * @param creation how an instance is made that Jackson then fills; null if Jackson makes it
 * @param keyProperty under which name Jackson then gets the key
 */
record SessionShape<S extends Session>(
        Class<S> type,
        Set<String> properties,
        ObjectWriter writer,
        ObjectReader reader,
        @Nullable Creation creation,
        String keyProperty) {

    /** Makes an instance from a key. */
    interface Creation {
        Object create(String key) throws Exception;
    }

    byte[] write(Session session) {
        byte[] json = writer.writeValueAsBytes(session);
        if (json[0] != '{') {
            throw new UnsuitableJsonException("it is not written as a JSON object");
        }
        return json;
    }

    S read(String key, byte[] payload) throws Exception {
        try (JsonParser parser = reader.createParser(payload)) {
            Object session = creation == null ? build(key, parser) : fill(creation.create(key), parser);
            if (session == null || session.getClass() != type) {
                throw new UnsuitableJsonException("it was not read as a " + type.getName());
            }
            return type.cast(session);
        }
    }

    private Object build(String key, JsonParser parser) {
        requireObject(parser);
        return reader.readValue(KeyedParser.prepend(keyProperty, key, parser));
    }

    private Object fill(Object session, JsonParser parser) {
        requireObject(parser);
        return reader.withValueToUpdate(session).readValue(parser);
    }

    /** Jackson takes a null for "leave the object as it is". */
    private static void requireObject(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new UnsuitableJsonException("it is not a JSON object");
        }
    }

    /** What failed and where, as far as it can be told without the session's state. */
    String describe(Throwable failure) {
        if (failure instanceof UnsuitableJsonException unsuitable) {
            return unsuitable.reason;
        }
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && depth < 10; depth++) {
            root = root.getCause();
        }
        String property = failedProperty(failure);
        return (property == null ? "" : "property \"" + property + "\" failed with ")
                + root.getClass().getSimpleName();
    }

    private @Nullable String failedProperty(Throwable failure) {
        if (failure instanceof JacksonException jackson && !jackson.getPath().isEmpty()) {
            String name = jackson.getPath().get(0).getPropertyName();
            return name != null && properties.contains(name) ? name : null;
        }
        return null;
    }

    /** Its message is ours, and tells nothing of the state. */
    private static final class UnsuitableJsonException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String reason;

        UnsuitableJsonException(String reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
