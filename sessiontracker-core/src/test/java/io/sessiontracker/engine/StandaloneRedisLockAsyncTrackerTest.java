package io.sessiontracker.engine;

import io.sessiontracker.contract.tracker.Face;

class StandaloneRedisLockAsyncTrackerTest extends StandaloneRedisLockTrackerTest {
    @Override
    public Face face() {
        return Face.ASYNC;
    }
}
