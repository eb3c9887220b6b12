package io.sessiontracker.redis;

import io.sessiontracker.testing.RedisTopology;

class SentinelRedisLockTrackerTest extends RedisLockTrackerContract {
    SentinelRedisLockTrackerTest() {
        super(RedisTopology.SENTINEL);
    }
}
