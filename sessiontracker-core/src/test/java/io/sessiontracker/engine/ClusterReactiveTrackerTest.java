package io.sessiontracker.engine;

import io.sessiontracker.contract.tracker.Face;

class ClusterReactiveTrackerTest extends ClusterTrackerTest {
    @Override
    public Face face() {
        return Face.REACTIVE;
    }
}
