package io.sessiontracker.engine;

import io.sessiontracker.contract.tracker.ApiVariant;

class MemoryReactiveTrackerTest extends MemoryTrackerTest {
    @Override
    public ApiVariant api() {
        return ApiVariant.REACTIVE;
    }
}
