package io.sessiontracker.engine;

import io.sessiontracker.testing.RedisTopology;

class StandaloneRedisLockTrackerTest extends RedisLockTrackerContract {
    StandaloneRedisLockTrackerTest() {
        super(RedisTopology.STANDALONE);
    }
}
