package io.sessiontracker.jdbc;

class H2LockContractTest extends JdbcLockContract {

    H2LockContractTest() {
        super(TestDatabase.H2);
    }
}
