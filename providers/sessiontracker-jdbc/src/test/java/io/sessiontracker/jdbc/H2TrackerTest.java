package io.sessiontracker.jdbc;

class H2TrackerTest extends JdbcTrackerContract {

    H2TrackerTest() {
        super(TestDatabase.H2);
    }
}
