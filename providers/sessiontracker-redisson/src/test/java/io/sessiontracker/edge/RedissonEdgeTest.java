package io.sessiontracker.edge;

import io.sessiontracker.redisson.RedissonClients;
import io.sessiontracker.redisson.RedissonSessionLockProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.junit.jupiter.api.AfterAll;
import org.redisson.api.RedissonClient;

class RedissonEdgeTest extends RedisEdge {

    private final RedissonClient client = RedissonClients.to(server.node());

    @AfterAll
    void shutdown() {
        client.shutdown();
    }

    @Override
    protected SessionLockProvider newProvider() {
        return new RedissonSessionLockProvider(client, NAMESPACE);
    }

    @Override
    protected void close(SessionLockProvider provider) {
        ((RedissonSessionLockProvider) provider).close();
    }
}
