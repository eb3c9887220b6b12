package io.sessiontracker.jdbc;

import io.sessiontracker.contract.FurtherCombination;

@FurtherCombination
class OldestPostgreSqlContractTest extends JdbcContract {

    OldestPostgreSqlContractTest() {
        super(TestDatabase.POSTGRESQL_OLDEST);
    }
}
