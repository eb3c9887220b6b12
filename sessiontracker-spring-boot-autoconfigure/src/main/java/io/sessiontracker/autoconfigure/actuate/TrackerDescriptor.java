package io.sessiontracker.autoconfigure.actuate;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sessiontracker.autoconfigure.settings.Lifetime;
import io.sessiontracker.cache.NearCacheSettings;
import io.sessiontracker.engine.LockSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.engine.SweepSettings;
import io.sessiontracker.spi.StoreDescription;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A tracker with the types that it knows.
 *
 * @param namespace the namespace of its sessions
 * @param store the class that stores sessions
 * @param storeDescription what that store is
 * @param lockProvider the class that locks them
 * @param types by name
 */
public record TrackerDescriptor(
        String namespace,
        String store,
        StoreDescription storeDescription,
        String lockProvider,
        Sweep sweep,
        Map<String, Type> types)
        implements OperationResponseBody {

    /** How expired sessions are found; durations in ISO 8601. */
    public record Sweep(boolean enabled, String interval, String lease, int batchSize, int attempts) {

        static Sweep of(SweepSettings settings) {
            return new Sweep(
                    settings.enabled(),
                    settings.interval().toString(),
                    settings.lease().toString(),
                    settings.batchSize(),
                    settings.attempts());
        }
    }

    /**
     * A session type.
     *
     * @param sessionClass its class
     * @param settings the effective settings
     * @param running how many run; null if the store did not answer, or the type is not queryable
     * @param finished how many are finished; null if the store did not answer, or the type is not queryable
     * @param failure why the store did not answer
     */
    public record Type(
            String sessionClass,
            Settings settings,
            @Nullable Long running,
            @Nullable Long finished,
            @Nullable String failure) {}

    /**
     * A type's settings by their names; durations in ISO 8601, or {@code none}.
     *
     * @param maxSize in bytes; the store's own limit may be lower
     */
    public record Settings(
            String absoluteExpiration,
            String slidingExpiration,
            String expiredRetention,
            List<String> indexedProperties,
            boolean queryable,
            int maxSize,
            NearCache nearCache,
            Finished finished,
            Lock lock) {

        static Settings of(SessionTypeSettings settings) {
            return new Settings(
                    new Lifetime(settings.running().absoluteExpiration()).toString(),
                    new Lifetime(settings.running().slidingExpiration()).toString(),
                    new Lifetime(settings.expiredRetention()).toString(),
                    settings.indexedProperties().stream().sorted().toList(),
                    settings.queryable(),
                    settings.maxSize(),
                    NearCache.of(settings.nearCache()),
                    new Finished(
                            new Lifetime(settings.finished().absoluteExpiration()).toString(),
                            new Lifetime(settings.finished().slidingExpiration()).toString()),
                    Lock.of(settings.lock()));
        }
    }

    /** Whether copies are kept in memory. */
    public record NearCache(String mode, String maxStaleness) {

        static NearCache of(NearCacheSettings settings) {
            return new NearCache(
                    settings.mode().name().toLowerCase(Locale.ROOT),
                    settings.maxStaleness().toString());
        }
    }

    /** The lifetimes of finished sessions. */
    public record Finished(String absoluteExpiration, String slidingExpiration) {}

    /** How sessions are locked. */
    public record Lock(String lease, @JsonProperty("wait") String waitTime, String retry) {

        static Lock of(LockSettings settings) {
            return new Lock(
                    settings.leaseTime().toString(),
                    settings.waitTime().toString(),
                    settings.retryInterval().toString());
        }
    }
}
