package io.sessiontracker.jdbc;

import io.sessiontracker.contract.FurtherCombination;

@FurtherCombination
class H2JoinedContractTest extends JoinedContract {

    H2JoinedContractTest() {
        super(TestDatabase.H2);
    }
}
