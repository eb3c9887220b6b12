package io.sessiontracker.jdbc;

import io.sessiontracker.contract.ConditionalReadContract;
import io.sessiontracker.contract.LockProviderRecordContract;
import io.sessiontracker.contract.SessionDataProviderContract;
import io.sessiontracker.spi.SessionDataProvider;

/** The store contract on one database. */
abstract class JdbcContract extends SessionDataProviderContract
        implements ConditionalReadContract, LockProviderRecordContract {

    private final TestDatabase database;

    JdbcContract(TestDatabase database) {
        this.database = database;
    }

    @Override
    public SessionDataProvider provider(String namespace) {
        return new JdbcSessionDataProvider(database.database(), namespace);
    }

    @Override
    public long storeTime() {
        return database.timeMillis();
    }
}
