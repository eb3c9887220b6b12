package io.sessiontracker.jdbc;

@NeedsMariaDb
class MariaDbContractTest extends JdbcContract {

    MariaDbContractTest() {
        super(TestDatabase.MARIADB);
    }
}
