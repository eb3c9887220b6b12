package io.sessiontracker.engine;

import java.util.Optional;

import io.sessiontracker.cache.NearCachedDataProvider;

/** What a tracker does without being called. */
record BackgroundWork(
        LockProviderRecord lockProvider,
        Optional<NearCachedDataProvider> nearCache,
        SweepScheduler scheduler,
        SessionWatches watches) {

    void start() {
        lockProvider.start();
        nearCache.ifPresent(NearCachedDataProvider::resume);
        scheduler.start();
    }

    /** Waits for what is under way. */
    void stop() {
        watches.stop();
        lockProvider.stop();
        nearCache.ifPresent(NearCachedDataProvider::suspend);
        scheduler.stop();
    }
}
