package io.sessiontracker.autoconfigure.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties.Modify;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties.NearCache;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties.Sweep;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties.TypeLock;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties.TypeNearCache;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties.Watch;
import io.sessiontracker.cache.NearCacheMode;
import io.sessiontracker.cache.NearCacheSettings;
import io.sessiontracker.engine.LockSettings;
import io.sessiontracker.engine.OwnerSettings;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.engine.SweepSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/** Merges the settings of a type, value by value: its own, those of {@code defaults}, the built-in ones. */
public final class SettingsFactory {

    private SettingsFactory() {}

    /** Returns the settings of all types. */
    public static SessionTrackerSettings create(SessionTrackerProperties properties) {
        String prefix = SessionTrackerProperties.PREFIX;
        SessionTypeSettings defaults = merge(prefix + ".defaults", properties.defaults(), SessionTypeSettings.BUILT_IN);
        Map<String, SessionTypeSettings> types = new LinkedHashMap<>();
        properties
                .types()
                .forEach((name, type) -> types.put(
                        requireTypeName(prefix + ".types", name), merge(prefix + ".types." + name, type, defaults)));
        return new SessionTrackerSettings(defaults, types);
    }

    /** Returns the settings of the sweep. */
    public static SweepSettings create(Sweep sweep) {
        String prefix = SessionTrackerProperties.PREFIX + ".sweep";
        return new SweepSettings(
                sweep.enabled(),
                atLeastAMillisecond(prefix + ".interval", sweep.interval()),
                atLeastAMillisecond(prefix + ".lease", sweep.lease()),
                positive(prefix + ".batch-size", sweep.batchSize()),
                positive(prefix + ".attempts", sweep.attempts()));
    }

    /** Returns how often a {@code modify} is tried. */
    public static int modifyAttempts(Modify modify) {
        return positive(SessionTrackerProperties.PREFIX + ".modify.attempts", modify.attempts());
    }

    /** Returns how often a watched session is compared with the store. */
    public static Duration watchInterval(Watch watch) {
        return atLeastAMillisecond(SessionTrackerProperties.PREFIX + ".watch.interval", watch.interval());
    }

    /** Returns how many bytes the near caches may take. */
    public static long nearCacheSize(NearCache nearCache) {
        DataSize size = nearCache.maxSize();
        if (size.toBytes() < 1) {
            throw new InvalidConfigurationPropertyValueException(
                    SessionTrackerProperties.PREFIX + ".near-cache.max-size",
                    size,
                    "It must be a size of at least 1B, such as 32MB.");
        }
        return size.toBytes();
    }

    private static SessionTypeSettings merge(
            String path, SessionTrackerProperties.Type type, SessionTypeSettings base) {
        boolean queryable = type.queryable() == null ? base.queryable() : type.queryable();
        Duration retention = merge(type.expiredRetention(), base.expiredRetention());
        requireQueryable(path, queryable, retention);
        Set<String> indexed = names(path + ".indexed-properties", type.indexedProperties(), base.indexedProperties());
        SessionTypeSettings merged = new SessionTypeSettings(
                        merge(type.absoluteExpiration(), type.slidingExpiration(), base.running()),
                        retention,
                        merge(
                                type.finished().absoluteExpiration(),
                                type.finished().slidingExpiration(),
                                base.finished()),
                        merge(path + ".lock", type.lock(), base.lock()),
                        indexed)
                .withSlidingTolerance(
                        tolerance(path + ".sliding-tolerance", type.slidingTolerance(), base.slidingTolerance()))
                .withNearCache(nearCache(path + ".near-cache.max-staleness", type.nearCache(), base.nearCache()))
                .withQueryable(queryable)
                .withMaxSize(maxSize(path + ".max-size", type.maxSize(), base.maxSize()))
                .withBlindIndexed(names(path + ".blind-indexed", type.blindIndexed(), base.blindIndexed()));
        return merged.withOwner(
                owner(path + ".owner-property", type, base.owner(), queryable ? merged.indexedProperties() : null));
    }

    /** @param indexed null if the sessions are in no index */
    private static @Nullable OwnerSettings owner(
            String property,
            SessionTrackerProperties.Type type,
            @Nullable OwnerSettings base,
            @Nullable Set<String> indexed) {
        String name = type.ownerProperty() == null && base != null ? base.property() : type.ownerProperty();
        if (name == null || name.isEmpty()) {
            return null;
        }
        if (indexed != null && !indexed.contains(name)) {
            throw new InvalidConfigurationPropertyValueException(
                    property,
                    name,
                    "It must be one of indexed-properties and blind-indexed, which are " + indexed + ".");
        }
        Set<String> exempt = base == null ? Set.of() : base.exemptAuthorities();
        return new OwnerSettings(
                name, type.ownerExemptAuthorities() == null ? exempt : Set.copyOf(type.ownerExemptAuthorities()));
    }

    private static int maxSize(String property, @Nullable DataSize value, int base) {
        if (value != null && (value.toBytes() < 1 || value.toBytes() > Integer.MAX_VALUE)) {
            throw new InvalidConfigurationPropertyValueException(
                    property, value, "It must be a size of at least 1B and less than 2GB, such as 256KB.");
        }
        return value == null ? base : (int) value.toBytes();
    }

    private static NearCacheSettings nearCache(String path, TypeNearCache cache, NearCacheSettings base) {
        NearCacheMode mode = Objects.requireNonNullElse(cache.mode(), base.mode());
        Duration maxStaleness = Objects.requireNonNullElse(cache.maxStaleness(), base.maxStaleness());
        try {
            return new NearCacheSettings(mode, maxStaleness);
        } catch (IllegalArgumentException tooShort) {
            throw new InvalidConfigurationPropertyValueException(
                    path, maxStaleness, "It must be at least 100ms; for none at all set near-cache.mode to validated.");
        }
    }

    /** Expired sessions are found by an index. One of the two settings may be that of the defaults. */
    private static void requireQueryable(String path, boolean queryable, @Nullable Duration retention) {
        if (!queryable && retention != null) {
            throw new ConfigurationFailure(
                    "%1$s.queryable is false and %1$s.expired-retention is %2$s: expired sessions that are in no index cannot be found for delivery."
                            .formatted(path, new Lifetime(retention)),
                    "Set %1$s.expired-retention to none, or %1$s.queryable to true.".formatted(path));
        }
    }

    private static @Nullable Duration tolerance(String property, @Nullable Duration value, @Nullable Duration base) {
        if (value != null && value.isNegative()) {
            throw new InvalidConfigurationPropertyValueException(
                    property, value, "It must be 0, for exact, or a duration such as 5s.");
        }
        return value == null ? base : value;
    }

    private static SessionEntryOptions merge(
            @Nullable Lifetime absolute, @Nullable Lifetime sliding, SessionEntryOptions base) {
        return new SessionEntryOptions(
                merge(absolute, base.absoluteExpiration()), null, merge(sliding, base.slidingExpiration()));
    }

    private static @Nullable Duration merge(@Nullable Lifetime value, @Nullable Duration base) {
        return value == null ? base : value.duration();
    }

    private static LockSettings merge(String path, TypeLock lock, LockSettings base) {
        return new LockSettings(
                positive(path + ".lease", lock.lease(), base.leaseTime()),
                notNegative(path + ".wait", lock.waitTime(), base.waitTime()),
                positive(path + ".retry", lock.retry(), base.retryInterval()));
    }

    private static Duration positive(String property, @Nullable Duration value, Duration base) {
        if (value != null && (value.isNegative() || value.isZero())) {
            throw new InvalidConfigurationPropertyValueException(
                    property, value, "It must be a duration longer than 0, such as 30s.");
        }
        return value == null ? base : value;
    }

    private static Duration notNegative(String property, @Nullable Duration value, Duration base) {
        if (value != null && value.isNegative()) {
            throw new InvalidConfigurationPropertyValueException(
                    property, value, "It must be 0, to try once, or a duration such as 2s.");
        }
        return value == null ? base : value;
    }

    private static Duration atLeastAMillisecond(String property, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0) {
            throw new InvalidConfigurationPropertyValueException(
                    property, value, "It must be a duration of at least 1ms, such as 10s.");
        }
        return value;
    }

    private static int positive(String property, int value) {
        if (value < 1) {
            throw new InvalidConfigurationPropertyValueException(property, value, "It must be 1 or more.");
        }
        return value;
    }

    /** A list replaces that of the defaults: with an empty one nothing is indexed. */
    private static Set<String> names(String property, @Nullable List<String> names, Set<String> base) {
        if (names == null) {
            return base;
        }
        for (String name : names) {
            try {
                SessionInternals.requirePropertyKey(name);
            } catch (IllegalArgumentException invalid) {
                throw new InvalidConfigurationPropertyValueException(
                        property, name, "No property of a session can have this name: " + invalid.getMessage());
            }
        }
        return Set.copyOf(names);
    }

    private static String requireTypeName(String property, String name) {
        if (!SessionInternals.isTypeName(name)) {
            throw new InvalidConfigurationPropertyValueException(
                    property,
                    name,
                    "A session type's name begins with one of a-z and 0-9 and goes on with at most 63 of a-z, 0-9 and '-'.");
        }
        return name;
    }
}
