package io.sessiontracker.jdbc;

class PostgreSqlJoinedTransactionTest extends JoinedTransactionContract {

    PostgreSqlJoinedTransactionTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
