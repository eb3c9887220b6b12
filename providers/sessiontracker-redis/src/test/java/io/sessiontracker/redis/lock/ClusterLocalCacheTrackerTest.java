package io.sessiontracker.redis.lock;

import io.sessiontracker.contract.tracker.ApiVariant;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.testing.RedisTopology;

class ClusterLocalCacheTrackerTest extends RedisLockTrackerContract {
    ClusterLocalCacheTrackerTest() {
        super(RedisTopology.CLUSTER);
    }

    @Override
    public ApiVariant api() {
        return ApiVariant.ASYNC;
    }

    @Override
    public SessionTrackerBuilder builder(
            SessionDataProvider data, SessionLockProvider locks, SessionTypeSettings settings, SessionCodec codec) {
        return super.builder(data, locks, RedisLocalCacheTrackerTest.withLocalCache(settings, data), codec);
    }
}
