package io.sessiontracker.redisson;

import io.sessiontracker.testing.RedisTopology;

class ClusterTrackerTest extends RedisTrackerContract {
    ClusterTrackerTest() {
        super(RedisTopology.CLUSTER);
    }
}
