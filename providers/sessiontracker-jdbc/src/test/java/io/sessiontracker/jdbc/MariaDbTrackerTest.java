package io.sessiontracker.jdbc;

class MariaDbTrackerTest extends JdbcTrackerContract {

    MariaDbTrackerTest() {
        super(TestDatabase.MARIADB);
    }
}
