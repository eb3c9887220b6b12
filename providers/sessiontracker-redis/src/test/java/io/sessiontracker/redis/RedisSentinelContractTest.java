package io.sessiontracker.redis;

import io.sessiontracker.contract.FurtherCombination;
import io.sessiontracker.testing.RedisTopology;

/** On a master found through Sentinel. */
@FurtherCombination
class RedisSentinelContractTest extends RedisContract {

    RedisSentinelContractTest() {
        super(RedisTopology.SENTINEL);
    }
}
