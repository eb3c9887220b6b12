package io.sessiontracker.engine;

import io.sessiontracker.contract.tracker.Face;

class StandaloneReactiveTrackerTest extends StandaloneTrackerTest {
    @Override
    public Face face() {
        return Face.REACTIVE;
    }
}
