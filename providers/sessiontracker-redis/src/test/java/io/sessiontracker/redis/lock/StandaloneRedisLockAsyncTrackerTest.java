package io.sessiontracker.redis.lock;

import io.sessiontracker.contract.tracker.ApiVariant;

class StandaloneRedisLockAsyncTrackerTest extends StandaloneRedisLockTrackerTest {
    @Override
    public ApiVariant api() {
        return ApiVariant.ASYNC;
    }
}
