package io.sessiontracker.jdbc;

import io.sessiontracker.contract.FurtherCombination;

@FurtherCombination
@NeedsMariaDb
class MariaDbJoinedContractTest extends JoinedContract {

    MariaDbJoinedContractTest() {
        super(TestDatabase.MARIADB);
    }
}
