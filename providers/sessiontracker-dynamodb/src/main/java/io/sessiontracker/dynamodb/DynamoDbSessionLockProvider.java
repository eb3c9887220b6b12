package io.sessiontracker.dynamodb;

import java.util.concurrent.CompletionStage;

import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.spi.support.Namespaces;

/** Locks in a DynamoDB table. */
public final class DynamoDbSessionLockProvider implements SessionLockProvider, AutoCloseable {

    /**
     * Keeps the locks of a namespace.
     *
     * @param namespace 1 to 64 ASCII letters, digits and {@code . _ - :}
     * @throws IllegalArgumentException if the namespace is not valid
     */
    public DynamoDbSessionLockProvider(DynamoDbTable table, String namespace) {
        Namespaces.require(namespace);
    }

    @Override
    public CompletionStage<LockReply> acquire(LockRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
