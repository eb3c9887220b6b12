package io.sessiontracker.jdbc;

import io.sessiontracker.contract.FurtherCombination;

@FurtherCombination
class OldestPostgreSqlLockContractTest extends JdbcLockContract {

    OldestPostgreSqlLockContractTest() {
        super(TestDatabase.POSTGRESQL_OLDEST);
    }
}
