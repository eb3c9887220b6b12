package io.sessiontracker.redis;

import io.sessiontracker.testing.RedisTopology;

class RedisSentinelLockContractTest extends RedisLockContract {

    RedisSentinelLockContractTest() {
        super(RedisTopology.SENTINEL);
    }
}
