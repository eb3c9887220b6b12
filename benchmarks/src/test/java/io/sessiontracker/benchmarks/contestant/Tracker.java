package io.sessiontracker.benchmarks.contestant;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.redisson.RedissonSessionLockProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.jspecify.annotations.Nullable;

/** Puts a SessionTracker together as the auto-configuration does, with settings that differ from the built-in ones. */
public final class Tracker {

    private static final String NAMESPACE = "shop";

    private final Clients clients;
    private BiFunction<Clients, String, SessionLockProvider> locks =
            (drivers, namespace) -> new RedissonSessionLockProvider(drivers.redisson, namespace);
    private SessionEntryOptions lifetime = SessionTypeSettings.BUILT_IN.running();
    private @Nullable Duration retention;
    private Set<String> index = Set.of();

    /** With the built-in settings. */
    public Tracker(Clients clients) {
        this.clients = clients;
    }

    /** How long running sessions live. */
    public Tracker lifetime(SessionEntryOptions lifetime) {
        this.lifetime = lifetime;
        return this;
    }

    /** How long expired ones are kept to be told. */
    public Tracker retention(Duration retention) {
        this.retention = retention;
        return this;
    }

    /** With an index of one property. */
    public Tracker indexed() {
        this.index = Set.of(TrackerCandidate.TENANT);
        return this;
    }

    /** With these in place of Redisson's; made of the drivers and the namespace. */
    public Tracker locks(BiFunction<Clients, String, SessionLockProvider> locks) {
        this.locks = locks;
        return this;
    }

    /** Does not sweep by itself. */
    public ClosableSessionTracker build() {
        SessionTypeSettings builtIn = SessionTypeSettings.BUILT_IN;
        SessionTypeSettings settings =
                new SessionTypeSettings(lifetime, retention, builtIn.finished(), builtIn.lock(), index);
        return new SessionTrackerBuilder(
                        new RedisSessionDataProvider(RedisSessionDataProvider.template(clients.lettuce), NAMESPACE),
                        locks.apply(clients, NAMESPACE),
                        new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(settings, Map.of()))
                .buildIdle();
    }

    Candidate open() {
        return new TrackerCandidate(build(), !index.isEmpty());
    }
}
