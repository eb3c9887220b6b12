package io.sessiontracker.redisson;

import io.sessiontracker.contract.FurtherCombination;
import io.sessiontracker.contract.tracker.ApiVariant;

@FurtherCombination
class ClusterReactiveTrackerTest extends ClusterTrackerTest {
    @Override
    public ApiVariant api() {
        return ApiVariant.REACTIVE;
    }
}
