package io.sessiontracker.jdbc;

class MariaDbJoinedContractTest extends JoinedContract {

    MariaDbJoinedContractTest() {
        super(TestDatabase.MARIADB);
    }
}
