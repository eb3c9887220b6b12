package io.sessiontracker.jdbc;

class H2ContractTest extends JdbcContract {

    H2ContractTest() {
        super(TestDatabase.H2);
    }
}
