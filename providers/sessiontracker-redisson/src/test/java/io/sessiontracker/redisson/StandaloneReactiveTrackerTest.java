package io.sessiontracker.redisson;

import io.sessiontracker.contract.tracker.ApiVariant;

class StandaloneReactiveTrackerTest extends StandaloneTrackerTest {
    @Override
    public ApiVariant face() {
        return ApiVariant.REACTIVE;
    }
}
