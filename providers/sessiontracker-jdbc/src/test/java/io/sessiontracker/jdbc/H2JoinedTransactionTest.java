package io.sessiontracker.jdbc;

class H2JoinedTransactionTest extends JoinedTransactionContract {

    H2JoinedTransactionTest() {
        super(TestDatabase.H2);
    }
}
