package io.sessiontracker.redisson;

import io.sessiontracker.testing.RedisTopology;

class SentinelTrackerTest extends RedisTrackerContract {
    SentinelTrackerTest() {
        super(RedisTopology.SENTINEL);
    }
}
