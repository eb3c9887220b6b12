package io.sessiontracker.redisson;

import io.sessiontracker.contract.FurtherCombination;
import io.sessiontracker.contract.tracker.ApiVariant;

@FurtherCombination
class StandaloneBlockingTrackerTest extends StandaloneTrackerTest {
    @Override
    public ApiVariant api() {
        return ApiVariant.BLOCKING;
    }
}
