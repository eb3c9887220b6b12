package io.sessiontracker.redis;

import io.sessiontracker.testing.RedisTopology;

class StandaloneRedisLockTrackerTest extends RedisLockTrackerContract {
    StandaloneRedisLockTrackerTest() {
        super(RedisTopology.STANDALONE);
    }
}
