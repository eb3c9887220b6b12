package io.sessiontracker.dynamodb;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.sessiontracker.contract.tracker.ApiVariant;
import io.sessiontracker.contract.tracker.SessionTrackerContract;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.junit.jupiter.api.AfterEach;

/** The tracker contract with sessions and locks in one table. */
class DynamoDbTrackerTest extends SessionTrackerContract {

    private final Map<String, DynamoDbSessionLockProvider> locks = new ConcurrentHashMap<>();

    @Override
    public SessionDataProvider data(String namespace) {
        return new DynamoDbSessionDataProvider(LocalDynamoDb.table(), namespace);
    }

    @Override
    public SessionLockProvider locks(String namespace) {
        return locks.computeIfAbsent(namespace, name -> new DynamoDbSessionLockProvider(LocalDynamoDb.table(), name));
    }

    @Override
    public long storeTime() {
        return LocalDynamoDb.table().calls().clock().millis();
    }

    @AfterEach
    void close() {
        locks.values().forEach(DynamoDbSessionLockProvider::close);
    }

    @Override
    public ApiVariant api() {
        return ApiVariant.REACTIVE;
    }
}
