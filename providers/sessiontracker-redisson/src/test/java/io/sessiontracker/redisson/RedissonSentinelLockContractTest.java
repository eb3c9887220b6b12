package io.sessiontracker.redisson;

import io.sessiontracker.testing.RedisTopology;

/** On a master that Sentinel watches. */
class RedissonSentinelLockContractTest extends RedissonLockContract {

    RedissonSentinelLockContractTest() {
        super(RedisTopology.SENTINEL);
    }
}
