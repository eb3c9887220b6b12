package io.sessiontracker.jdbc;

class H2JoinedContractTest extends JoinedContract {

    H2JoinedContractTest() {
        super(TestDatabase.H2);
    }
}
