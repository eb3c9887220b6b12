package io.sessiontracker.jdbc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.sessiontracker.contract.tracker.SessionTrackerContract;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.junit.jupiter.api.AfterEach;

/** The tracker contract with sessions and locks in one database. */
abstract class JdbcTrackerContract extends SessionTrackerContract {

    private final TestDatabase database;
    private final Map<String, JdbcSessionLockProvider> locks = new ConcurrentHashMap<>();

    JdbcTrackerContract(TestDatabase database) {
        this.database = database;
    }

    @Override
    public SessionDataProvider data(String namespace) {
        return new JdbcSessionDataProvider(database.database(), namespace);
    }

    @Override
    public SessionLockProvider locks(String namespace) {
        return locks.computeIfAbsent(namespace, name -> new JdbcSessionLockProvider(database.database(), name));
    }

    @Override
    public long storeTime() {
        return database.timeMillis();
    }

    @AfterEach
    void close() {
        locks.values().forEach(JdbcSessionLockProvider::close);
    }
}
