package io.sessiontracker.engine;

import io.sessiontracker.contract.tracker.Face;

class SentinelAsyncTrackerTest extends SentinelTrackerTest {
    @Override
    public Face face() {
        return Face.ASYNC;
    }
}
