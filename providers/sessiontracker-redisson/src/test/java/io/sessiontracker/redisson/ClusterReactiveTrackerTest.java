package io.sessiontracker.redisson;

import io.sessiontracker.contract.tracker.ApiVariant;

class ClusterReactiveTrackerTest extends ClusterTrackerTest {
    @Override
    public ApiVariant face() {
        return ApiVariant.REACTIVE;
    }
}
