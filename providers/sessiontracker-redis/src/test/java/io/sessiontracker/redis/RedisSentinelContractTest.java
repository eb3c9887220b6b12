package io.sessiontracker.redis;

import io.sessiontracker.testing.RedisTopology;

/** On a master found through Sentinel. */
class RedisSentinelContractTest extends RedisContract {

    RedisSentinelContractTest() {
        super(RedisTopology.SENTINEL);
    }
}
