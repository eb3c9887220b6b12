package io.sessiontracker.redis;

import io.sessiontracker.contract.tracker.ApiVariant;

class StandaloneRedisLockAsyncTrackerTest extends StandaloneRedisLockTrackerTest {
    @Override
    public ApiVariant face() {
        return ApiVariant.ASYNC;
    }
}
