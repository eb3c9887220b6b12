package io.sessiontracker.redisson;

import io.sessiontracker.contract.tracker.ApiVariant;

class ClusterAsyncTrackerTest extends ClusterTrackerTest {
    @Override
    public ApiVariant api() {
        return ApiVariant.ASYNC;
    }
}
