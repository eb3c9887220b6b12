package io.sessiontracker.json;

import java.util.Set;

import io.sessiontracker.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a session class is written and read; created once per class.
 *
 * @param properties the names of JSON properties, nested classes included, which messages may show, unlike keys of a map
 * @param classes the application's classes in its state, and itself
 * @param creation creates the instance that Jackson updates; null if Jackson creates it
 * @param keyProperty the name under which Jackson then receives the key
 * @param versions its versions
 * @param trees parses and writes what is stored without the class
 */
record SessionClassModel<S extends Session>(
        Class<S> type,
        Set<String> properties,
        Set<Class<?>> classes,
        ObjectWriter writer,
        ObjectReader reader,
        @Nullable Creation creation,
        String keyProperty,
        VersionSteps versions,
        JsonMapper trees) {

    /** Creates an instance from a key. */
    interface Creation {
        Object create(String key) throws Exception;
    }

    /** Returns what is to be stored of a session. */
    byte[] write(Session session, FirstWriteDetector.Listener listener) {
        requireKnownVersion(session);
        byte[] json = UnknownState.complete(this, session, writeState(session, listener));
        return StoredJson.of(
                versions.written(),
                versions.written() == versions.version()
                        ? json
                        : trees.writeValueAsBytes(versions.downcast(trees.readTree(json))));
    }

    private void requireKnownVersion(Session session) {
        int newer = UnknownState.newerVersion(session);
        if (newer != 0) {
            throw new RefusedStateException(
                    ("it was stored with version %1$d, and this process knows version %2$d, so that writing it could lose what"
                                    + " version %1$d added. Update this process, or let the newer release write version %2$d"
                                    + " (write-version) until no process of this one runs")
                            .formatted(newer, versions.version()));
        }
    }

    private byte[] writeState(Session session, FirstWriteDetector.Listener listener) {
        byte[] json = FirstWriteDetector.withListener(listener, () -> writer.writeValueAsBytes(session));
        if (json[0] != '{') {
            throw new RefusedStateException("it is not written as a JSON object");
        }
        return json;
    }

    /** Returns a stored session. One of a newer version is read where the class can, and is not written. */
    S read(String key, byte[] stored) throws Exception {
        int version = StoredJson.version(stored);
        byte[] state = StoredJson.state(stored);
        if (version < versions.version()) {
            return readState(key, trees.writeValueAsBytes(versions.upcast(version, trees.readTree(state))));
        }
        if (version == versions.version()) {
            return readState(key, state);
        }
        try {
            S session = readState(key, state);
            UnknownState.newerVersion(session, version);
            return session;
        } catch (Exception unreadable) {
            throw new RefusedStateException(
                    "it was stored with version %d, and this process knows version %d: %s"
                            .formatted(version, versions.version(), FailureReason.of(unreadable, properties)),
                    unreadable);
        }
    }

    private S readState(String key, byte[] payload) throws Exception {
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
