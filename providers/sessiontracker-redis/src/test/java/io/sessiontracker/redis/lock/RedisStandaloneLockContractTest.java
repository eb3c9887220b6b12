package io.sessiontracker.redis.lock;

import io.sessiontracker.testing.RedisTopology;

class RedisStandaloneLockContractTest extends RedisLockContract {

    RedisStandaloneLockContractTest() {
        super(RedisTopology.STANDALONE);
    }
}
