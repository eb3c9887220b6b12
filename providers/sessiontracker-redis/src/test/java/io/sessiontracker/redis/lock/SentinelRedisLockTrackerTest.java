package io.sessiontracker.redis.lock;

import io.sessiontracker.testing.RedisTopology;

class SentinelRedisLockTrackerTest extends RedisLockTrackerContract {
    SentinelRedisLockTrackerTest() {
        super(RedisTopology.SENTINEL);
    }
}
