package io.sessiontracker.redis.lock;

import io.sessiontracker.cache.NearCacheMode;
import io.sessiontracker.cache.NearCacheSettings;
import io.sessiontracker.contract.FurtherCombination;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;

@FurtherCombination
class RedisLocalCacheTrackerTest extends StandaloneRedisLockTrackerTest {
    @Override
    public SessionTrackerBuilder builder(
            SessionDataProvider data, SessionLockProvider locks, SessionTypeSettings settings, SessionCodec codec) {
        return super.builder(data, locks, withLocalCache(settings, data), codec);
    }

    static SessionTypeSettings withLocalCache(SessionTypeSettings settings, SessionDataProvider data) {
        // Stores that fail on purpose announce nothing.
        NearCacheMode mode = data.announcements().isPresent() ? NearCacheMode.LOCAL : NearCacheMode.VALIDATED;
        return settings.withNearCache(NearCacheSettings.of(mode));
    }
}
