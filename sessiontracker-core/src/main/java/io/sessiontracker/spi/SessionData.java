package io.sessiontracker.spi;

import java.util.Map;

/**
 * What an application put into a session.
 *
 * @param properties keys and values that obey the rules of {@link io.sessiontracker.Session#getProperties}; unmodifiable
 * @param payload bytes whose meaning only the codec knows; never changed once handed over
 */
// A record for its brevity: nobody compares two of these, so the array's identity does no harm.
@SuppressWarnings("ArrayRecordComponent")
public record SessionData(Map<String, String> properties, byte[] payload) {

    /** Copies the map. */
    public SessionData {
        properties = Map.copyOf(properties);
    }
}
