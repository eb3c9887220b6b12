package io.sessiontracker.jdbc;

class PostgreSqlContractTest extends JdbcContract {

    PostgreSqlContractTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
