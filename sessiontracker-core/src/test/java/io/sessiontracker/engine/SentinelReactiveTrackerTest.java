package io.sessiontracker.engine;

import io.sessiontracker.contract.tracker.ApiVariant;

class SentinelReactiveTrackerTest extends SentinelTrackerTest {
    @Override
    public ApiVariant face() {
        return ApiVariant.REACTIVE;
    }
}
