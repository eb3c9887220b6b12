package io.sessiontracker.jdbc;

@NeedsMariaDb
class MariaDbLockContractTest extends JdbcLockContract {

    MariaDbLockContractTest() {
        super(TestDatabase.MARIADB);
    }
}
