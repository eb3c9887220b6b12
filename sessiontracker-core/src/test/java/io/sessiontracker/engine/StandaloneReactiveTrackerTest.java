package io.sessiontracker.engine;

import io.sessiontracker.contract.tracker.ApiVariant;

class StandaloneReactiveTrackerTest extends StandaloneTrackerTest {
    @Override
    public ApiVariant face() {
        return ApiVariant.REACTIVE;
    }
}
