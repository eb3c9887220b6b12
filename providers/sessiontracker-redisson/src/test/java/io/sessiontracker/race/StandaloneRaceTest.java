package io.sessiontracker.race;

import io.sessiontracker.testing.RedisTopology;

class StandaloneRaceTest extends MultiProcessRaceContract {
    StandaloneRaceTest() {
        super(RedisTopology.STANDALONE, TestNode.Locks.REDISSON);
    }
}
