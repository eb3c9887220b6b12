package io.sessiontracker.race;

import io.sessiontracker.testing.RedisTopology;

class ClusterRaceTest extends MultiProcessRaceContract {
    ClusterRaceTest() {
        super(RedisTopology.CLUSTER, TestNode.Locks.REDISSON);
    }
}
