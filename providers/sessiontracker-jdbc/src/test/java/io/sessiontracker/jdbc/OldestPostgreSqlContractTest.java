package io.sessiontracker.jdbc;

class OldestPostgreSqlContractTest extends JdbcContract {

    OldestPostgreSqlContractTest() {
        super(TestDatabase.POSTGRESQL_OLDEST);
    }
}
