package io.sessiontracker.jdbc;

class MariaDbJoinedTransactionTest extends JoinedTransactionContract {

    MariaDbJoinedTransactionTest() {
        super(TestDatabase.MARIADB);
    }
}
