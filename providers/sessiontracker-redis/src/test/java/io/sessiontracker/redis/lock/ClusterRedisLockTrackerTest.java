package io.sessiontracker.redis.lock;

import io.sessiontracker.contract.tracker.ApiVariant;
import io.sessiontracker.testing.RedisTopology;

class ClusterRedisLockTrackerTest extends RedisLockTrackerContract {
    ClusterRedisLockTrackerTest() {
        super(RedisTopology.CLUSTER);
    }

    @Override
    public ApiVariant api() {
        return ApiVariant.ASYNC;
    }
}
