package io.sessiontracker.race;

import io.sessiontracker.contract.FurtherCombination;
import io.sessiontracker.testing.RedisTopology;

@FurtherCombination
class StandaloneRedisLockRaceTest extends MultiProcessRaceContract {
    StandaloneRedisLockRaceTest() {
        super(RedisTopology.STANDALONE, TestNode.Locks.REDIS);
    }
}
