package io.sessiontracker.contract.tracker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.LockSettings;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.engine.SweepSettings;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;

/** What a subclass of the contract provides, and the trackers that the rules build from it. */
interface TrackerFixture {

    Duration HOUR = Duration.ofHours(1);

    /** Nothing is swept unless a test says so; a claim outlasts the test. */
    SweepSettings ON_DEMAND = new SweepSettings(false, Duration.ofSeconds(10), HOUR, 100, 5);

    /** An hour of life, and another in which the expired session is kept for delivery. */
    SessionTypeSettings KEPT = new SessionTypeSettings(
            SessionEntryOptions.absolute(HOUR), HOUR, SessionEntryOptions.absolute(HOUR), LockSettings.BUILT_IN);

    /** A data provider that knows only that namespace, over the one store of all. */
    SessionDataProvider data(String namespace);

    /** A lock provider that knows only that namespace, over the one lock service of all. */
    SessionLockProvider locks(String namespace);

    /** The store's own clock, in milliseconds since the epoch. */
    long storeTime();

    /** The API by which the tracker is called. */
    default ApiVariant api() {
        return ApiVariant.BLOCKING;
    }

    /** A namespace that no other test has. */
    default String namespace() {
        return "t-" + UUID.randomUUID();
    }

    /** A tracker in a namespace of its own, with settings under which nothing ends during a test. */
    default SessionTracker tracker() {
        return tracker(namespace());
    }

    default SessionTracker tracker(String namespace) {
        return tracker(namespace, SessionTypeSettings.BUILT_IN);
    }

    default SessionTracker tracker(SessionTypeSettings settings) {
        return tracker(namespace(), settings);
    }

    /** Locks are of the same namespace, so that a service which keeps them with the sessions can take both at once. */
    default SessionTracker tracker(String namespace, SessionTypeSettings settings, SessionListener... listeners) {
        SessionTrackerBuilder builder = builder(data(namespace), locks(namespace), settings);
        List.of(listeners).forEach(builder::listener);
        return builder.build();
    }

    default SessionTracker tracker(SessionDataProvider data, SessionLockProvider locks, SessionTypeSettings settings) {
        return api().of(builder(data, locks, settings).build());
    }

    /** Returns a tracker whose locks no other tracker uses. */
    default SessionTracker tracker(
            SessionDataProvider data, SessionTypeSettings settings, SessionListener... listeners) {
        SessionTrackerBuilder builder = builder(data, locks(namespace()), settings);
        List.of(listeners).forEach(builder::listener);
        return api().of(builder.build());
    }

    default SessionTrackerBuilder builder(
            SessionDataProvider data, SessionLockProvider locks, SessionTypeSettings settings) {
        return builder(data, locks, settings, new JacksonSessionCodec());
    }

    default SessionTrackerBuilder builder(
            SessionDataProvider data, SessionLockProvider locks, SessionTypeSettings settings, SessionCodec codec) {
        return new SessionTrackerBuilder(data, locks, asStored(codec))
                .settings(new SessionTrackerSettings(settings, Map.of()))
                .sweep(ON_DEMAND)
                .watchInterval(Duration.ofMillis(20));
    }

    /** Returns the codec that a tracker has in place of this one. */
    default SessionCodec asStored(SessionCodec codec) {
        return codec;
    }

    default SessionTypeSettings settings(SessionEntryOptions running, SessionEntryOptions finished) {
        return new SessionTypeSettings(running, null, finished, LockSettings.BUILT_IN);
    }

    /** A moment that the store's clock has passed. */
    default Instant past() {
        return Instant.ofEpochMilli(storeTime() - 1);
    }
}
