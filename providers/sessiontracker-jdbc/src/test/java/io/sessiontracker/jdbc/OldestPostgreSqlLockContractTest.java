package io.sessiontracker.jdbc;

class OldestPostgreSqlLockContractTest extends JdbcLockContract {

    OldestPostgreSqlLockContractTest() {
        super(TestDatabase.POSTGRESQL_OLDEST);
    }
}
