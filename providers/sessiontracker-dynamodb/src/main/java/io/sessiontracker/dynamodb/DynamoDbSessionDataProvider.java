package io.sessiontracker.dynamodb;

import io.sessiontracker.spi.state.KeyStateDataProvider;
import io.sessiontracker.spi.support.Namespaces;

/** Stores sessions in a DynamoDB table. */
public final class DynamoDbSessionDataProvider extends KeyStateDataProvider {

    /**
     * Stores sessions in a namespace; two namespaces never see each other's sessions.
     *
     * @param namespace 1 to 64 ASCII letters, digits and {@code . _ - :}
     * @throws IllegalArgumentException if the namespace is not valid
     */
    public DynamoDbSessionDataProvider(DynamoDbTable table, String namespace) {
        super(new DynamoDbKeyStateStore(table, Namespaces.require(namespace)));
    }
}
