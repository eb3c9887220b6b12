package io.sessiontracker.dynamodb;

import io.sessiontracker.contract.tracker.ApiVariant;

class DynamoDbReactiveTrackerTest extends DynamoDbTrackerTest {

    @Override
    public ApiVariant api() {
        return ApiVariant.REACTIVE;
    }
}
