package io.sessiontracker.dynamodb;

import io.sessiontracker.contract.tracker.ApiVariant;

class DynamoDbAsyncTrackerTest extends DynamoDbTrackerTest {

    @Override
    public ApiVariant api() {
        return ApiVariant.ASYNC;
    }
}
