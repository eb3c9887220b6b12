package io.sessiontracker.redis;

import io.sessiontracker.contract.tracker.ApiVariant;

class ClusterRedisLockAsyncTrackerTest extends ClusterRedisLockTrackerTest {
    @Override
    public ApiVariant face() {
        return ApiVariant.ASYNC;
    }
}
