package io.sessiontracker.redisson;

import io.sessiontracker.testing.RedisTopology;

/** On a master monitored by Sentinel. */
class RedissonSentinelLockContractTest extends RedissonLockContract {

    RedissonSentinelLockContractTest() {
        super(RedisTopology.SENTINEL);
    }
}
