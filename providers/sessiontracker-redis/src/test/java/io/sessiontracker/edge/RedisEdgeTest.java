package io.sessiontracker.edge;

import io.sessiontracker.redis.lock.RedisSessionLockProvider;
import io.sessiontracker.spi.SessionLockProvider;

class RedisEdgeTest extends RedisEdge {

    @Override
    protected SessionLockProvider newProvider() {
        return new RedisSessionLockProvider(connections, NAMESPACE);
    }

    @Override
    protected void close(SessionLockProvider provider) {
        ((RedisSessionLockProvider) provider).close();
    }
}
