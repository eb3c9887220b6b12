package io.sessiontracker.engine;

import io.sessiontracker.contract.tracker.Face;

class ClusterRedisLockAsyncTrackerTest extends ClusterRedisLockTrackerTest {
    @Override
    public Face face() {
        return Face.ASYNC;
    }
}
