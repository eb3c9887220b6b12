package io.sessiontracker.engine;

import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

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

    /** @throws TooManyIndexedPropertiesException if a type has more indexed properties than that */
    void requireIndexedProperties(int most) {
        require(null, defaults, most);
        types.forEach((name, type) -> require(name, type, most));
    }

    private static void require(@Nullable String name, SessionTypeSettings type, int most) {
        int count = type.indexedProperties().size();
        if (type.queryable() && count > most) {
            throw new TooManyIndexedPropertiesException(name, count, most);
        }
    }

    /** Returns whether any type has a near cache. */
    public boolean hasNearCache() {
        return Stream.concat(Stream.of(defaults), types.values().stream())
                .anyMatch(type -> type.nearCache() != NearCacheMode.NONE);
    }

    /** Returns the settings that apply to the type with that name. */
    public SessionTypeSettings of(String type) {
        return types.getOrDefault(type, defaults);
    }
}
