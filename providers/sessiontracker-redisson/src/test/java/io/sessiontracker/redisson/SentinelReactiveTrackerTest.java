package io.sessiontracker.redisson;

import io.sessiontracker.contract.tracker.ApiVariant;

class SentinelReactiveTrackerTest extends SentinelTrackerTest {
    @Override
    public ApiVariant api() {
        return ApiVariant.REACTIVE;
    }
}
