package io.sessiontracker.dynamodb;

import io.sessiontracker.contract.ConditionalReadContract;
import io.sessiontracker.contract.LockProviderRecordContract;
import io.sessiontracker.contract.SessionDataProviderContract;
import io.sessiontracker.spi.SessionDataProvider;

class DynamoDbContractTest extends SessionDataProviderContract
        implements ConditionalReadContract, LockProviderRecordContract {

    @Override
    public SessionDataProvider provider(String namespace) {
        return new DynamoDbSessionDataProvider(LocalDynamoDb.table(), namespace);
    }

    @Override
    public long storeTime() {
        return LocalDynamoDb.table().calls().clock().millis();
    }
}
