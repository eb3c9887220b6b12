package io.sessiontracker.engine;

import io.sessiontracker.contract.tracker.Face;

class MemoryReactiveTrackerTest extends MemoryTrackerTest {
    @Override
    public Face face() {
        return Face.REACTIVE;
    }
}
