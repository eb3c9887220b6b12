package io.sessiontracker.redisson;

import io.sessiontracker.testing.RedisTopology;

class StandaloneTrackerTest extends RedisTrackerContract {
    StandaloneTrackerTest() {
        super(RedisTopology.STANDALONE);
    }
}
