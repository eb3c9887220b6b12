package io.sessiontracker.redis.lock;

import io.sessiontracker.contract.FurtherCombination;
import io.sessiontracker.contract.tracker.ApiVariant;

@FurtherCombination
class StandaloneRedisLockAsyncTrackerTest extends StandaloneRedisLockTrackerTest {
    @Override
    public ApiVariant api() {
        return ApiVariant.ASYNC;
    }
}
