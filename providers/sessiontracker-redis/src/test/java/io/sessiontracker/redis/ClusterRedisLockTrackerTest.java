package io.sessiontracker.redis;

import io.sessiontracker.testing.RedisTopology;

class ClusterRedisLockTrackerTest extends RedisLockTrackerContract {
    ClusterRedisLockTrackerTest() {
        super(RedisTopology.CLUSTER);
    }
}
