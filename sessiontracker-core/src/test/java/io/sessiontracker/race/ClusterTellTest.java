package io.sessiontracker.race;

import io.sessiontracker.testing.RedisTopology;

class ClusterTellTest extends TellRules {
    ClusterTellTest() {
        super(RedisTopology.CLUSTER);
    }
}
