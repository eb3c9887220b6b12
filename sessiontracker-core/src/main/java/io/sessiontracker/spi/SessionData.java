package io.sessiontracker.spi;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is stored of a session.
 *
 * @param properties keys and values that obey the rules of {@link io.sessiontracker.Session#getProperties}, and such as the tracker
 *     stores for itself, whose keys begin with {@code $}; unmodifiable
 * @param indexed the names of the properties by which the session is to be found without reading others; also such as it has
 *     not. A store remembers with the session which of them it indexed; it answers an empty set
 * @param reminders what the write that stores this changes of the session's reminders, a name at most once; a store answers none
 * @param payload bytes whose meaning only the codec knows; never changed after they are passed
 */
// A record for its brevity: these are never compared, so the array's identity does no harm.
@SuppressWarnings("ArrayRecordComponent")
public record SessionData(
        Map<String, String> properties, Set<String> indexed, List<ReminderChange> reminders, byte[] payload) {

    /** Copies the collections. */
    public SessionData {
        properties = Map.copyOf(properties);
        indexed = Set.copyOf(indexed);
        reminders = List.copyOf(reminders);
    }

    /** With no change of reminders. */
    public SessionData(Map<String, String> properties, Set<String> indexed, byte[] payload) {
        this(properties, indexed, List.of(), payload);
    }

    /** With nothing indexed. */
    public SessionData(Map<String, String> properties, byte[] payload) {
        this(properties, Set.of(), payload);
    }

    /** Returns the properties that are the application's, without those of the tracker. */
    public static Map<String, String> ofApplication(Map<String, String> properties) {
        return withPrefix(properties, false);
    }

    /** Returns the properties that the tracker stores for itself. */
    public static Map<String, String> ofTracker(Map<String, String> properties) {
        return withPrefix(properties, true);
    }

    private static Map<String, String> withPrefix(Map<String, String> properties, boolean wanted) {
        return properties.entrySet().stream()
                .filter(property -> property.getKey().startsWith("$") == wanted)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The same as a store answers it: with nothing indexed, and no change of reminders. */
    public SessionData stored() {
        return indexed.isEmpty() && reminders.isEmpty() ? this : new SessionData(properties, payload);
    }
}
