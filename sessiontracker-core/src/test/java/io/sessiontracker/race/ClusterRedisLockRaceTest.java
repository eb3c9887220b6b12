package io.sessiontracker.race;

import io.sessiontracker.testing.RedisTopology;

class ClusterRedisLockRaceTest extends RaceRules {
    ClusterRedisLockRaceTest() {
        super(RedisTopology.CLUSTER, Site.Locks.REDIS);
    }
}
