package io.sessiontracker.edge;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import io.sessiontracker.dynamodb.DynamoDbSessionLockProvider;
import io.sessiontracker.dynamodb.LocalDynamoDb;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.spi.SessionLockProvider.LockState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DynamoDbEdgeTest extends GrantAtTheEdge {

    private final SessionDataProvider data = new InMemorySessionDataProvider();
    private final String namespace = "cinema:" + UUID.randomUUID();

    @Override
    protected SessionDataProvider data() {
        return data;
    }

    @Override
    protected SessionLockProvider newProvider() {
        return new DynamoDbSessionLockProvider(LocalDynamoDb.table(), namespace);
    }

    @Override
    protected void close(SessionLockProvider provider) {
        ((DynamoDbSessionLockProvider) provider).close();
    }

    @Override
    protected Collection<String> locked(SessionLockProvider provider, List<String> keys) {
        return keys.stream()
                .filter(key -> !LockState.FREE.equals(provider.lockState(new SessionAddress("seat", key))
                        .toCompletableFuture()
                        .join()
                        .orElseThrow()))
                .toList();
    }

    @Override
    protected void assertNothingLeft() {
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("sessiontracker-dynamodb-locks")));
    }
}
