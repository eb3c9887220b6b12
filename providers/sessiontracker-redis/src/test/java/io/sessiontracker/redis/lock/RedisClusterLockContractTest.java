package io.sessiontracker.redis.lock;

import io.sessiontracker.testing.RedisTopology;

class RedisClusterLockContractTest extends RedisLockContract {

    RedisClusterLockContractTest() {
        super(RedisTopology.CLUSTER);
    }
}
