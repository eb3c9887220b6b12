package io.sessiontracker.history;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.sessiontracker.spi.SessionData;

/**
 * What a session is given.
 *
 * @param tenant which of {@link #TENANTS}
 * @param colour whether it has that property
 * @param indexed the three lowest bits: which of {@link #NAMES} are indexed
 * @param payload any number
 */
record Content(int tenant, boolean colour, int indexed, int payload) {

    /** None, some of one length, an empty text, and a text too long to be read with a header. */
    static final List<String> TENANTS = List.of("", "a", "b", "empty", "long".repeat(80));

    static final List<String> NAMES = List.of("tenant", "colour", "never");

    SessionData data() {
        Map<String, String> properties = new HashMap<>();
        if (tenant > 0) {
            properties.put("tenant", TENANTS.get(tenant).replace("empty", ""));
        }
        if (colour) {
            properties.put("colour", "red");
        }
        properties.put("number", "n" + payload);
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < NAMES.size(); i++) {
            if ((indexed >> i & 1) == 1) {
                names.add(NAMES.get(i));
            }
        }
        return new SessionData(properties, names, ("payload " + payload).getBytes(StandardCharsets.UTF_8));
    }
}
