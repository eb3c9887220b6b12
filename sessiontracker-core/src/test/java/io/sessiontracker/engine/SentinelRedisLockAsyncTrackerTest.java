package io.sessiontracker.engine;

import io.sessiontracker.contract.tracker.Face;

class SentinelRedisLockAsyncTrackerTest extends SentinelRedisLockTrackerTest {
    @Override
    public Face face() {
        return Face.ASYNC;
    }
}
