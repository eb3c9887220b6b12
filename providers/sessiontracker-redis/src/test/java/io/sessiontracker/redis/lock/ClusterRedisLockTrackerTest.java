package io.sessiontracker.redis.lock;

import io.sessiontracker.contract.FurtherCombination;
import io.sessiontracker.contract.tracker.ApiVariant;
import io.sessiontracker.testing.RedisTopology;

@FurtherCombination
class ClusterRedisLockTrackerTest extends RedisLockTrackerContract {
    ClusterRedisLockTrackerTest() {
        super(RedisTopology.CLUSTER);
    }

    @Override
    public ApiVariant api() {
        return ApiVariant.ASYNC;
    }
}
