package io.sessiontracker.redisson;

import io.sessiontracker.contract.tracker.ApiVariant;

class StandaloneReactiveTrackerTest extends StandaloneTrackerTest {
    @Override
    public ApiVariant api() {
        return ApiVariant.REACTIVE;
    }
}
