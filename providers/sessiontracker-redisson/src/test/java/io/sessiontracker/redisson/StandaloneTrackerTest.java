package io.sessiontracker.redisson;

import io.sessiontracker.contract.tracker.ApiVariant;
import io.sessiontracker.testing.RedisTopology;

class StandaloneTrackerTest extends RedisTrackerContract {
    StandaloneTrackerTest() {
        super(RedisTopology.STANDALONE);
    }

    @Override
    public ApiVariant api() {
        return ApiVariant.REACTIVE;
    }
}
