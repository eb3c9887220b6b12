package io.sessiontracker.jdbc;

import io.sessiontracker.contract.tracker.ApiVariant;

class PostgreSqlTrackerTest extends JdbcTrackerContract {

    PostgreSqlTrackerTest() {
        super(TestDatabase.POSTGRESQL);
    }

    @Override
    public ApiVariant api() {
        return ApiVariant.ASYNC;
    }
}
