package io.sessiontracker.engine;

import io.sessiontracker.contract.tracker.Face;

class SentinelReactiveTrackerTest extends SentinelTrackerTest {
    @Override
    public Face face() {
        return Face.REACTIVE;
    }
}
