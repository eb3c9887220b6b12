package io.sessiontracker.redisson;

import io.sessiontracker.contract.tracker.ApiVariant;
import io.sessiontracker.testing.RedisTopology;

class SentinelTrackerTest extends RedisTrackerContract {
    SentinelTrackerTest() {
        super(RedisTopology.SENTINEL);
    }

    @Override
    public ApiVariant api() {
        return ApiVariant.ASYNC;
    }
}
