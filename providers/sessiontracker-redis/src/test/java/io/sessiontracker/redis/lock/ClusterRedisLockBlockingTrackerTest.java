package io.sessiontracker.redis.lock;

import io.sessiontracker.contract.FurtherCombination;
import io.sessiontracker.contract.tracker.ApiVariant;

@FurtherCombination
class ClusterRedisLockBlockingTrackerTest extends ClusterRedisLockTrackerTest {
    @Override
    public ApiVariant api() {
        return ApiVariant.BLOCKING;
    }
}
