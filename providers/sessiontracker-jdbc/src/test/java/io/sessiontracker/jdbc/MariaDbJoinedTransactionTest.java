package io.sessiontracker.jdbc;

@NeedsMariaDb
class MariaDbJoinedTransactionTest extends JoinedTransactionContract {

    MariaDbJoinedTransactionTest() {
        super(TestDatabase.MARIADB);
    }
}
