package io.sessiontracker.engine;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.sessiontracker.cache.NearCacheMode;
import io.sessiontracker.cache.NearCacheSettings;
import io.sessiontracker.spi.SessionAnnouncements;
import io.sessiontracker.spi.SessionDataProvider;
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

    /** Returns whether sessions of any type have an owner. */
    public boolean hasOwners() {
        return all().anyMatch(type -> type.owner() != null);
    }

    /** Returns whether any type has properties whose values the store must not show. */
    public boolean hasBlindIndexes() {
        return all().anyMatch(type -> !type.blindIndexed().isEmpty());
    }

    private Stream<SessionTypeSettings> all() {
        return Stream.concat(Stream.of(defaults), types.values().stream());
    }

    /** Returns whether any type has a near cache. */
    public boolean hasNearCache() {
        return nearCaches().anyMatch(cache -> cache.mode() != NearCacheMode.NONE);
    }

    /** Returns the least staleness of a type whose near cache answers from memory; empty if none does. */
    Optional<Duration> leastStaleness() {
        return nearCaches()
                .filter(cache -> cache.mode() == NearCacheMode.LOCAL)
                .map(NearCacheSettings::maxStaleness)
                .min(Comparator.naturalOrder());
    }

    private Stream<NearCacheSettings> nearCaches() {
        return all().map(SessionTypeSettings::nearCache);
    }

    /** @throws UnannouncedChangesException if a type's near cache answers from memory, and the store announces no changes */
    SessionAnnouncements requireAnnouncements(SessionDataProvider store) {
        return store.announcements()
                .orElseThrow(() -> new UnannouncedChangesException(types.entrySet().stream()
                        .filter(type -> type.getValue().nearCache().mode() == NearCacheMode.LOCAL)
                        .map(Map.Entry::getKey)
                        .sorted()
                        .findFirst()
                        .orElse(null)));
    }

    /** Returns the settings that apply to the type with that name. */
    public SessionTypeSettings of(String type) {
        return types.getOrDefault(type, defaults);
    }
}
