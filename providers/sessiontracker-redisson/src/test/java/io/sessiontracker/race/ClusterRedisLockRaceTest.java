package io.sessiontracker.race;

import io.sessiontracker.testing.RedisTopology;

class ClusterRedisLockRaceTest extends MultiProcessRaceContract {
    ClusterRedisLockRaceTest() {
        super(RedisTopology.CLUSTER, TestNode.Locks.REDIS);
    }
}
