package io.sessiontracker.jdbc;

import io.sessiontracker.contract.tracker.ApiVariant;

class PostgreSqlAsyncTrackerTest extends PostgreSqlTrackerTest {

    @Override
    public ApiVariant api() {
        return ApiVariant.ASYNC;
    }
}
