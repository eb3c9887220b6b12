package io.sessiontracker.jdbc;

import io.sessiontracker.contract.FurtherCombination;
import io.sessiontracker.contract.tracker.ApiVariant;

@FurtherCombination
class PostgreSqlBlockingTrackerTest extends PostgreSqlTrackerTest {

    @Override
    public ApiVariant api() {
        return ApiVariant.BLOCKING;
    }
}
