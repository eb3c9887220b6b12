package io.sessiontracker.race;

import io.sessiontracker.testing.RedisTopology;

class StandaloneRedisLockRaceTest extends MultiProcessRaceContract {
    StandaloneRedisLockRaceTest() {
        super(RedisTopology.STANDALONE, TestNode.Locks.REDIS);
    }
}
