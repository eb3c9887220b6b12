package io.sessiontracker.redisson;

import io.sessiontracker.contract.tracker.ApiVariant;

class SentinelAsyncTrackerTest extends SentinelTrackerTest {
    @Override
    public ApiVariant api() {
        return ApiVariant.ASYNC;
    }
}
