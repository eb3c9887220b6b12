package io.sessiontracker.engine;

import io.sessiontracker.cache.NearCacheMode;
import io.sessiontracker.cache.NearCacheSettings;
import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;

class MemoryNearCacheTrackerTest extends MemoryTrackerTest {
    @Override
    public SessionTrackerBuilder builder(
            SessionDataProvider data, SessionLockProvider locks, SessionTypeSettings settings, SessionCodec codec) {
        return super.builder(data, locks, settings.withNearCache(NearCacheSettings.of(NearCacheMode.VALIDATED)), codec);
    }
}
