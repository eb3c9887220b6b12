package io.sessiontracker.edge;

import java.util.Collection;
import java.util.List;

import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.spi.SessionLockProvider.LockState;

class MemoryEdgeTest extends GrantAtTheEdge {

    private final SessionDataProvider data = new InMemorySessionDataProvider();
    private final SessionLockProvider locks = new InMemorySessionLockProvider();

    @Override
    protected SessionDataProvider data() {
        return data;
    }

    @Override
    protected SessionLockProvider newProvider() {
        return locks;
    }

    @Override
    protected void close(SessionLockProvider provider) {
        // It has nothing to close.
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
        // It has no thread and no subscription.
    }
}
