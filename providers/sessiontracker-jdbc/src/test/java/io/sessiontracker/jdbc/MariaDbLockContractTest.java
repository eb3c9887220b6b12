package io.sessiontracker.jdbc;

class MariaDbLockContractTest extends JdbcLockContract {

    MariaDbLockContractTest() {
        super(TestDatabase.MARIADB);
    }
}
