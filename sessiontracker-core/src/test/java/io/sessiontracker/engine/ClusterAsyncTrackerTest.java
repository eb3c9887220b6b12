package io.sessiontracker.engine;

import io.sessiontracker.contract.tracker.Face;

class ClusterAsyncTrackerTest extends ClusterTrackerTest {
    @Override
    public Face face() {
        return Face.ASYNC;
    }
}
