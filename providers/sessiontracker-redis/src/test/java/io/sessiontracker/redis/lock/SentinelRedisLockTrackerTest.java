package io.sessiontracker.redis.lock;

import io.sessiontracker.contract.FurtherCombination;
import io.sessiontracker.testing.RedisTopology;

@FurtherCombination
class SentinelRedisLockTrackerTest extends RedisLockTrackerContract {
    SentinelRedisLockTrackerTest() {
        super(RedisTopology.SENTINEL);
    }
}
