package io.sessiontracker.redis;

import io.sessiontracker.testing.RedisTopology;

class RedisClusterLockContractTest extends RedisLockContract {

    RedisClusterLockContractTest() {
        super(RedisTopology.CLUSTER);
    }
}
