package io.sessiontracker.benchmarks.candidate;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

import io.sessiontracker.SessionAuthorizer;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.cache.NearCacheMode;
import io.sessiontracker.cache.NearCacheSettings;
import io.sessiontracker.encryption.EncryptingSessionCodec;
import io.sessiontracker.encryption.SessionKeyProvider;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.redisson.RedissonSessionLockProvider;
import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.spi.SessionLockProvider;
import org.jspecify.annotations.Nullable;

/** Builds a SessionTracker as the auto-configuration does, with some settings changed. */
public final class Tracker {

    /** Enough for the largest sessions of 32 threads, some 82 MB: a near cache that loses copies is not what is measured. */
    private static final long NEAR_CACHE_BYTES = 128 << 20;

    private final Clients clients;
    private String namespace = "shop";
    private BiFunction<Clients, String, SessionLockProvider> locks =
            (drivers, namespace) -> new RedissonSessionLockProvider(drivers.redisson, namespace);
    private SessionEntryOptions lifetime = SessionTypeSettings.BUILT_IN.running();
    private @Nullable Duration retention;
    private Set<String> index = Set.of();
    private boolean queryable = true;
    private NearCacheMode nearCache = NearCacheMode.NONE;
    private SessionCodec codec = new JacksonSessionCodec();
    private SessionAuthorizer authorizer = SessionAuthorizer.PERMIT_ALL;

    /** Creates a builder with the built-in settings. */
    public Tracker(Clients clients) {
        this.clients = clients;
    }

    /** Sets the lifetimes of running sessions. */
    public Tracker lifetime(SessionEntryOptions lifetime) {
        this.lifetime = lifetime;
        return this;
    }

    /** Sets how long expired sessions are kept for delivery. */
    public Tracker retention(Duration retention) {
        this.retention = retention;
        return this;
    }

    /** Adds one indexed property. */
    public Tracker indexed() {
        this.index = Set.of(TrackerCandidate.TENANT);
        return this;
    }

    /** Keeps sessions in no index. */
    public Tracker unqueryable() {
        this.queryable = false;
        return this;
    }

    /** Sets whether copies are kept in memory. */
    public Tracker nearCache(NearCacheMode mode) {
        this.nearCache = mode;
        return this;
    }

    /** Encrypts what is stored. */
    public Tracker encrypted() {
        this.codec = new EncryptingSessionCodec(codec, SessionKeyProvider.of("k1", Map.of("k1", new byte[32])));
        return this;
    }

    /** Asks an authorizer that allows everything. */
    public Tracker authorized() {
        this.authorizer = access -> {};
        return this;
    }

    /**
     * Replaces Redisson's locks, in a namespace of their own. A process refuses locks if its namespace has another lock provider, and
     * each tracker here renews its namespace's record of that in the background, whichever candidate is measured.
     */
    public Tracker locks(String namespace, BiFunction<Clients, String, SessionLockProvider> locks) {
        this.namespace = namespace;
        this.locks = locks;
        return this;
    }

    /** Builds a tracker without background sweeps. */
    public ClosableSessionTracker build() {
        SessionTypeSettings builtIn = SessionTypeSettings.BUILT_IN;
        SessionTypeSettings settings = new SessionTypeSettings(
                        lifetime, retention, builtIn.finished(), builtIn.lock(), index)
                .withQueryable(queryable)
                .withNearCache(NearCacheSettings.of(nearCache));
        return new SessionTrackerBuilder(
                        new RedisSessionDataProvider(RedisSessionDataProvider.template(clients.lettuce), namespace),
                        locks.apply(clients, namespace),
                        codec)
                .settings(new SessionTrackerSettings(settings, Map.of()))
                .authorizer(authorizer)
                .nearCacheSize(NEAR_CACHE_BYTES)
                .buildIdle();
    }

    Candidate open() {
        return new TrackerCandidate(build(), !index.isEmpty());
    }
}
