package io.sessiontracker.dynamodb;

import io.sessiontracker.contract.FurtherCombination;
import io.sessiontracker.contract.tracker.ApiVariant;

@FurtherCombination
class DynamoDbBlockingTrackerTest extends DynamoDbTrackerTest {

    @Override
    public ApiVariant api() {
        return ApiVariant.BLOCKING;
    }
}
