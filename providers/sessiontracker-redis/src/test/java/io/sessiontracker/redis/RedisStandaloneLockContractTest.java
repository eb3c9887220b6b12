package io.sessiontracker.redis;

import io.sessiontracker.testing.RedisTopology;

class RedisStandaloneLockContractTest extends RedisLockContract {

    RedisStandaloneLockContractTest() {
        super(RedisTopology.STANDALONE);
    }
}
