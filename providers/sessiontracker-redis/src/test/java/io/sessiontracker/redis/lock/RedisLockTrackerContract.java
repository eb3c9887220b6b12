package io.sessiontracker.redis.lock;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.sessiontracker.contract.tracker.SessionTrackerContract;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The tracker over Redis and its own locks, which are taken with the session. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RedisLockTrackerContract extends SessionTrackerContract {

    private final RedisServers servers;
    private final List<RedisSessionLockProvider> providers = new CopyOnWriteArrayList<>();

    RedisLockTrackerContract(RedisTopology topology) {
        servers = topology.servers();
    }

    @AfterAll
    void end() {
        providers.forEach(RedisSessionLockProvider::close);
    }

    @Override
    public SessionDataProvider data(String namespace) {
        return new RedisSessionDataProvider(RedisSessionDataProvider.template(servers.connectionFactory()), namespace);
    }

    @Override
    public SessionLockProvider locks(String namespace) {
        RedisSessionLockProvider provider = new RedisSessionLockProvider(servers.connectionFactory(), namespace);
        providers.add(provider);
        return provider;
    }

    @Override
    public long storeTime() {
        return servers.timeMillis();
    }
}
