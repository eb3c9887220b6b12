package io.sessiontracker.engine;

import io.sessiontracker.contract.tracker.ApiVariant;

class SentinelAsyncTrackerTest extends SentinelTrackerTest {
    @Override
    public ApiVariant face() {
        return ApiVariant.ASYNC;
    }
}
