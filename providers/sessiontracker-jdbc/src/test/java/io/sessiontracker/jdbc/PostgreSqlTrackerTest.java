package io.sessiontracker.jdbc;

class PostgreSqlTrackerTest extends JdbcTrackerContract {

    PostgreSqlTrackerTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
