package io.sessiontracker.redis.lock;

import io.sessiontracker.testing.RedisTopology;

class StandaloneRedisLockTrackerTest extends RedisLockTrackerContract {
    StandaloneRedisLockTrackerTest() {
        super(RedisTopology.STANDALONE);
    }
}
