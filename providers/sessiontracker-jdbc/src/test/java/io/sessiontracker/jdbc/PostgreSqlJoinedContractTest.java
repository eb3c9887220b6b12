package io.sessiontracker.jdbc;

class PostgreSqlJoinedContractTest extends JoinedContract {

    PostgreSqlJoinedContractTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
