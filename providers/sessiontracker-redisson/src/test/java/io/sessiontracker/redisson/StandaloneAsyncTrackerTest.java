package io.sessiontracker.redisson;

import io.sessiontracker.contract.tracker.ApiVariant;

class StandaloneAsyncTrackerTest extends StandaloneTrackerTest {
    @Override
    public ApiVariant api() {
        return ApiVariant.ASYNC;
    }
}
