package io.sessiontracker.jdbc;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.sessiontracker.contract.FencingContract;
import io.sessiontracker.contract.LockStateContract;
import io.sessiontracker.contract.SessionLockProviderContract;
import io.sessiontracker.spi.SessionLockProvider;
import org.junit.jupiter.api.AfterEach;

/** The lock contract on one database. */
abstract class JdbcLockContract extends SessionLockProviderContract implements LockStateContract, FencingContract {

    private final TestDatabase database;
    private final List<JdbcSessionLockProvider> providers = new CopyOnWriteArrayList<>();

    JdbcLockContract(TestDatabase database) {
        this.database = database;
    }

    @Override
    public SessionLockProvider provider(String namespace) {
        JdbcSessionLockProvider provider = new JdbcSessionLockProvider(database.database(), namespace);
        providers.add(provider);
        return provider;
    }

    @AfterEach
    void close() {
        providers.forEach(JdbcSessionLockProvider::close);
    }
}
