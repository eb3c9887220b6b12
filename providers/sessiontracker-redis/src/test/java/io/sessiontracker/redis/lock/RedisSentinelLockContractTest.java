package io.sessiontracker.redis.lock;

import io.sessiontracker.testing.RedisTopology;

class RedisSentinelLockContractTest extends RedisLockContract {

    RedisSentinelLockContractTest() {
        super(RedisTopology.SENTINEL);
    }
}
