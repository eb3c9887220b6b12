package io.sessiontracker.jdbc;

@NeedsMariaDb
class MariaDbJoinedContractTest extends JoinedContract {

    MariaDbJoinedContractTest() {
        super(TestDatabase.MARIADB);
    }
}
