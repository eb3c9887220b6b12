package io.sessiontracker.engine;

import io.sessiontracker.contract.tracker.Face;

class MemoryAsyncTrackerTest extends MemoryTrackerTest {
    @Override
    public Face face() {
        return Face.ASYNC;
    }
}
