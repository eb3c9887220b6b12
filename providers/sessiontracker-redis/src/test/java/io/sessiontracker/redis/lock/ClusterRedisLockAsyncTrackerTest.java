package io.sessiontracker.redis.lock;

import io.sessiontracker.contract.tracker.ApiVariant;

class ClusterRedisLockAsyncTrackerTest extends ClusterRedisLockTrackerTest {
    @Override
    public ApiVariant api() {
        return ApiVariant.ASYNC;
    }
}
