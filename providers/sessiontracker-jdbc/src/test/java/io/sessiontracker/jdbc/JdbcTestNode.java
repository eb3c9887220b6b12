package io.sessiontracker.jdbc;

import java.time.Duration;
import java.util.Map;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.LockSettings;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.json.JacksonSessionCodec;

/** A tracker with sessions and locks in one database. */
final class JdbcTestNode implements AutoCloseable {

    private final JdbcSessionLockProvider locks;
    final JdbcDatabase database;
    final ClosableSessionTracker tracker;

    JdbcTestNode(JdbcDatabase database, String namespace) {
        this.database = database;
        this.locks = new JdbcSessionLockProvider(database, namespace);
        SessionEntryOptions hour = SessionEntryOptions.absolute(Duration.ofHours(1));
        this.tracker = new SessionTrackerBuilder(
                        new JdbcSessionDataProvider(database, namespace), locks, new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(
                        new SessionTypeSettings(hour, null, hour, LockSettings.BUILT_IN), Map.of()))
                .build();
    }

    @Override
    public void close() {
        tracker.close();
        locks.close();
    }
}
