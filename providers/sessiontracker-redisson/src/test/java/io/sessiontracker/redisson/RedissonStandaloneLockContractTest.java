package io.sessiontracker.redisson;

import io.sessiontracker.testing.RedisTopology;

/** On one server. */
class RedissonStandaloneLockContractTest extends RedissonLockContract {

    RedissonStandaloneLockContractTest() {
        super(RedisTopology.STANDALONE);
    }
}
