package io.sessiontracker.engine;

import io.sessiontracker.contract.tracker.Face;

class StandaloneAsyncTrackerTest extends StandaloneTrackerTest {
    @Override
    public Face face() {
        return Face.ASYNC;
    }
}
