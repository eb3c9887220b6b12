package io.sessiontracker.redisson;

import io.sessiontracker.contract.tracker.ApiVariant;

class ClusterAsyncTrackerTest extends ClusterTrackerTest {
    @Override
    public ApiVariant face() {
        return ApiVariant.ASYNC;
    }
}
