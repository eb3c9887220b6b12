package io.sessiontracker.redisson;

import io.sessiontracker.contract.tracker.ApiVariant;

class ClusterReactiveTrackerTest extends ClusterTrackerTest {
    @Override
    public ApiVariant api() {
        return ApiVariant.REACTIVE;
    }
}
