package io.sessiontracker.history;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.sessiontracker.spi.ReminderChange;
import io.sessiontracker.spi.SessionData;

/**
 * What a session is given.
 *
 * @param tenant which of {@link #TENANTS}
 * @param colour whether it has that property
 * @param indexed the three lowest bits: which of {@link #NAMES} are indexed
 * @param reminders which of {@link #REMINDERS}
 * @param payload any number
 */
record Content(int tenant, boolean colour, int indexed, int reminders, int payload) {

    /** None, some of one length, an empty text, and a text too long to be read with a header. */
    static final List<String> TENANTS = List.of("", "a", "b", "empty", "long".repeat(80));

    static final List<String> NAMES = List.of("tenant", "colour", "never");

    /** Changes of reminders, the first none. */
    static final List<List<ReminderChange>> REMINDERS = List.of(
            List.of(),
            List.of(ReminderChange.after("a", Ticks.millis(1))),
            List.of(ReminderChange.beforeExpiry("b", Ticks.millis(1))),
            List.of(ReminderChange.after("a", Ticks.millis(2)), ReminderChange.beforeExpiry("c", Ticks.millis(2))),
            List.of(ReminderChange.cancellation("a"), ReminderChange.after("b", Ticks.millis(3))),
            List.of(ReminderChange.cancellation("b"), ReminderChange.beforeExpiry("a", Ticks.millis(6))));

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
        return new SessionData(
                properties, names, REMINDERS.get(reminders), ("payload " + payload).getBytes(StandardCharsets.UTF_8));
    }
}
