package io.sessiontracker.jdbc;

class MariaDbContractTest extends JdbcContract {

    MariaDbContractTest() {
        super(TestDatabase.MARIADB);
    }
}
