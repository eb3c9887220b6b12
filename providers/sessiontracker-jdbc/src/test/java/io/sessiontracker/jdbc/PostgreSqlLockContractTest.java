package io.sessiontracker.jdbc;

class PostgreSqlLockContractTest extends JdbcLockContract {

    PostgreSqlLockContractTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
