package io.sessiontracker.race;

import io.sessiontracker.testing.RedisTopology;

class ClusterRaceTest extends RaceRules {
    ClusterRaceTest() {
        super(RedisTopology.CLUSTER, Site.Locks.REDISSON);
    }
}
