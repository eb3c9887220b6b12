package io.sessiontracker.redis.lock;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.sessiontracker.contract.FencingContract;
import io.sessiontracker.contract.LockStateContract;
import io.sessiontracker.contract.SessionLockProviderContract;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The contract of lock services, for our own on a topology. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RedisLockContract extends SessionLockProviderContract implements LockStateContract, FencingContract {

    private final RedisTopology topology;
    private final List<RedisSessionLockProvider> providers = new CopyOnWriteArrayList<>();

    RedisLockContract(RedisTopology topology) {
        this.topology = topology;
    }

    @AfterAll
    void close() {
        providers.forEach(RedisSessionLockProvider::close);
    }

    @Override
    public SessionLockProvider provider(String namespace) {
        RedisSessionLockProvider provider =
                new RedisSessionLockProvider(topology.servers().connectionFactory(), namespace);
        providers.add(provider);
        return provider;
    }
}
