package io.sessiontracker.redis.lock;

import io.sessiontracker.testing.RedisTopology;

class ClusterRedisLockTrackerTest extends RedisLockTrackerContract {
    ClusterRedisLockTrackerTest() {
        super(RedisTopology.CLUSTER);
    }
}
