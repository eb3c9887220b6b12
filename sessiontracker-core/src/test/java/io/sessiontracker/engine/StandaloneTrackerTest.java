package io.sessiontracker.engine;

import io.sessiontracker.testing.RedisTopology;

class StandaloneTrackerTest extends RedisTrackerContract {
    StandaloneTrackerTest() {
        super(RedisTopology.STANDALONE);
    }
}
