package io.sessiontracker.redis;

import io.sessiontracker.testing.RedisTopology;

/** On a Cluster of three masters. */
class RedisClusterContractTest extends RedisContract {

    RedisClusterContractTest() {
        super(RedisTopology.CLUSTER);
    }
}
