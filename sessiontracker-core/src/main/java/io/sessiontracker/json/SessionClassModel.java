package io.sessiontracker.json;

import java.util.Set;

import io.sessiontracker.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/**
 * How a session class is written and read; created once per class.
 *
 * @param properties the names of JSON properties, nested classes included, which messages may show, unlike keys of a map
 * @param classes the application's classes in its state, and itself
 * @param creation creates the instance that Jackson updates; null if Jackson creates it
 * @param keyProperty the name under which Jackson then receives the key
 */
record SessionClassModel<S extends Session>(
        Class<S> type,
        Set<String> properties,
        Set<Class<?>> classes,
        ObjectWriter writer,
        ObjectReader reader,
        @Nullable Creation creation,
        String keyProperty) {

    /** Creates an instance from a key. */
    interface Creation {
        Object create(String key) throws Exception;
    }

    byte[] write(Session session, FirstWriteDetector.Listener listener) {
        byte[] json = FirstWriteDetector.withListener(listener, () -> writer.writeValueAsBytes(session));
        if (json[0] != '{') {
            throw new RefusedStateException("it is not written as a JSON object");
        }
        return json;
    }

    S read(String key, byte[] payload) throws Exception {
        try (JsonParser parser = reader.createParser(payload)) {
            ObjectReader filling = creation == null ? reader : reader.withValueToUpdate(creation.create(key));
            requireObject(parser);
            Object session =
                    filling.readValue(creation == null ? KeyedParser.prepend(keyProperty, key, parser) : parser);
            if (session == null || session.getClass() != type) {
                throw new RefusedStateException("it was not read as a " + type.getName());
            }
            return type.cast(session);
        }
    }

    /** Jackson would take a null as no update. */
    private static void requireObject(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new RefusedStateException("it is not a JSON object");
        }
    }
}
