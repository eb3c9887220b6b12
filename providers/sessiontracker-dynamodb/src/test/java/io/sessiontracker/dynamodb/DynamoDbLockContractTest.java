package io.sessiontracker.dynamodb;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.sessiontracker.contract.FencingContract;
import io.sessiontracker.contract.LockStateContract;
import io.sessiontracker.contract.SessionLockProviderContract;
import io.sessiontracker.spi.SessionLockProvider;
import org.junit.jupiter.api.AfterEach;

class DynamoDbLockContractTest extends SessionLockProviderContract implements LockStateContract, FencingContract {

    private final List<DynamoDbSessionLockProvider> providers = new CopyOnWriteArrayList<>();

    @Override
    public SessionLockProvider provider(String namespace) {
        DynamoDbSessionLockProvider provider = new DynamoDbSessionLockProvider(LocalDynamoDb.table(), namespace);
        providers.add(provider);
        return provider;
    }

    @AfterEach
    void close() {
        providers.forEach(DynamoDbSessionLockProvider::close);
    }
}
