package io.sessiontracker.json;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

import io.sessiontracker.Session;
import io.sessiontracker.SessionInternals;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.util.TokenBuffer;

/**
 * What an instance's class does not know of the state that it was read from, so that its update loses none of it. Not thread-safe, as the
 * session.
 */
final class UnknownState {

    /** By name; a buffer keeps numbers as they are written. */
    private final Map<String, TokenBuffer> properties = new LinkedHashMap<>();

    private int version;

    private static @Nullable UnknownState find(Session session) {
        return SessionInternals.unknownState(session) instanceof UnknownState state ? state : null;
    }

    private static UnknownState of(Session session) {
        UnknownState state = find(session);
        if (state == null) {
            state = new UnknownState();
            SessionInternals.unknownState(session, state);
        }
        return state;
    }

    /** Keeps the property whose value the parser is at. */
    static void keep(Session session, String name, JsonParser parser, DeserializationContext context) {
        TokenBuffer value = context.bufferForInputBuffering(parser);
        value.copyCurrentStructure(parser);
        of(session).properties.put(name, value);
    }

    /** Notes that a session was stored with a version that this process does not know. */
    static void newerVersion(Session session, int version) {
        of(session).version = version;
    }

    /** Returns the version that a session was stored with, if this process does not know it; else 0. */
    static int newerVersion(Session session) {
        UnknownState state = find(session);
        return state == null ? 0 : state.version;
    }

    /** Returns what is to be stored: the JSON of the instance, and the properties that its class does not know. */
    static byte[] complete(SessionClassModel<?> model, Session session, byte[] json) {
        UnknownState state = find(session);
        return state == null || state.properties.isEmpty() ? json : StoredJson.join(json, state.without(model, json));
    }

    /** Returns an object of the properties that another one does not have: what the class writes itself replaces what was kept. */
    private byte[] without(SessionClassModel<?> model, byte[] json) {
        Map<String, TokenBuffer> rest = new LinkedHashMap<>(properties);
        try (JsonParser parser = model.trees().createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                rest.remove(parser.currentName());
                parser.nextToken();
                parser.skipChildren();
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = model.trees().createGenerator(bytes)) {
            generator.writeStartObject();
            rest.forEach((name, value) -> {
                generator.writeName(name);
                value.serialize(generator);
            });
            generator.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
