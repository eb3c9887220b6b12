package io.sessiontracker.engine;

import java.util.Map;

/**
 * The settings of all session types.
 *
 * @param defaults for the types that have none of their own
 * @param types by type name, each complete
 */
public record SessionTrackerSettings(SessionTypeSettings defaults, Map<String, SessionTypeSettings> types) {

    /** {@link SessionTypeSettings#BUILT_IN} for every type. */
    public static final SessionTrackerSettings BUILT_IN =
            new SessionTrackerSettings(SessionTypeSettings.BUILT_IN, Map.of());

    /** Copies the map. */
    public SessionTrackerSettings {
        types = Map.copyOf(types);
    }

    /** Returns the settings that apply to the type with that name. */
    public SessionTypeSettings of(String type) {
        return types.getOrDefault(type, defaults);
    }
}
