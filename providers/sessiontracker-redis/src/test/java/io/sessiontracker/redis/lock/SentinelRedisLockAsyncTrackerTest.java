package io.sessiontracker.redis.lock;

import io.sessiontracker.contract.tracker.ApiVariant;

class SentinelRedisLockAsyncTrackerTest extends SentinelRedisLockTrackerTest {
    @Override
    public ApiVariant api() {
        return ApiVariant.ASYNC;
    }
}
