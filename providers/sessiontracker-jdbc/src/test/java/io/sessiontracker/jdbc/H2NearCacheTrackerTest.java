package io.sessiontracker.jdbc;

import io.sessiontracker.cache.NearCacheMode;
import io.sessiontracker.cache.NearCacheSettings;
import io.sessiontracker.contract.FurtherCombination;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;

@FurtherCombination
class H2NearCacheTrackerTest extends H2TrackerTest {
    @Override
    public SessionTrackerBuilder builder(
            SessionDataProvider data, SessionLockProvider locks, SessionTypeSettings settings, SessionCodec codec) {
        return super.builder(data, locks, settings.withNearCache(NearCacheSettings.of(NearCacheMode.VALIDATED)), codec);
    }
}
