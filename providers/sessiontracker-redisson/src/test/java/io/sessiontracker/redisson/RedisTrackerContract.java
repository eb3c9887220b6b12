package io.sessiontracker.redisson;

import io.sessiontracker.contract.tracker.SessionTrackerContract;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.redisson.api.RedissonClient;

/** The tracker's contract on Redis and Redisson. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RedisTrackerContract extends SessionTrackerContract {

    private final RedisServers servers;
    private final RedissonClient redisson;

    RedisTrackerContract(RedisTopology topology) {
        servers = topology.servers();
        redisson = RedissonClients.of(servers);
    }

    @AfterAll
    void end() {
        redisson.shutdown();
    }

    @Override
    public SessionDataProvider data(String namespace) {
        return new RedisSessionDataProvider(RedisSessionDataProvider.template(servers.connectionFactory()), namespace);
    }

    @Override
    public SessionLockProvider locks(String namespace) {
        return new RedissonSessionLockProvider(redisson, namespace);
    }

    @Override
    public long storeTime() {
        return servers.timeMillis();
    }
}
