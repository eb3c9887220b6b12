package io.sessiontracker.race;

import io.sessiontracker.contract.FurtherCombination;
import io.sessiontracker.testing.RedisTopology;

@FurtherCombination
class ClusterRaceTest extends MultiProcessRaceContract {
    ClusterRaceTest() {
        super(RedisTopology.CLUSTER, TestNode.Locks.REDISSON);
    }
}
