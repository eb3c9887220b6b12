package io.sessiontracker.engine;

import io.sessiontracker.contract.tracker.ApiVariant;

class MemoryAsyncTrackerTest extends MemoryTrackerTest {
    @Override
    public ApiVariant api() {
        return ApiVariant.ASYNC;
    }
}
