package io.sessiontracker.redisson;

import io.sessiontracker.contract.FencingContract;
import io.sessiontracker.contract.LockStateContract;
import io.sessiontracker.contract.SessionLockProviderContract;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.redisson.api.RedissonClient;

/** The contract of lock services, for Redisson on a topology. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RedissonLockContract extends SessionLockProviderContract implements LockStateContract, FencingContract {

    private final RedisTopology topology;
    private RedissonClient client;

    RedissonLockContract(RedisTopology topology) {
        this.topology = topology;
    }

    @BeforeAll
    void connect() {
        client = RedissonClients.of(topology.servers());
    }

    @AfterAll
    void shutdown() {
        client.shutdown();
    }

    @Override
    public SessionLockProvider provider(String namespace) {
        return new RedissonSessionLockProvider(client, namespace);
    }
}
