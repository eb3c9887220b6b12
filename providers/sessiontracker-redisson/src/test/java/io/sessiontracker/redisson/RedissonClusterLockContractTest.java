package io.sessiontracker.redisson;

import io.sessiontracker.testing.RedisTopology;

/** On a Cluster. */
class RedissonClusterLockContractTest extends RedissonLockContract {

    RedissonClusterLockContractTest() {
        super(RedisTopology.CLUSTER);
    }
}
