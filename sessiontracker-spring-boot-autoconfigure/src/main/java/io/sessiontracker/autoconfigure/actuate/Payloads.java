package io.sessiontracker.autoconfigure.actuate;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads a stored payload without the session's class, which may be unable to read it. */
final class Payloads {

    static final String NO_JSON = "(not JSON)";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Payloads() {}

    static @Nullable Object read(byte[] payload, Redaction redaction) {
        try {
            return redaction.of(MAPPER.readValue(payload, Object.class));
        } catch (JacksonException unreadable) {
            // Its message could quote values that are hidden.
            return NO_JSON;
        }
    }
}
