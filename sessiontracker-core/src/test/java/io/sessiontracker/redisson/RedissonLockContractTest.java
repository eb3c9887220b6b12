package io.sessiontracker.redisson;

import java.util.EnumMap;
import java.util.Map;

import io.sessiontracker.contract.SessionLockProviderContract;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.redisson.api.RedissonClient;

/** The contract of lock services, for Redisson on each topology. */
class RedissonLockContractTest {

    private static final Map<RedisTopology, RedissonClient> CLIENTS = new EnumMap<>(RedisTopology.class);

    @AfterAll
    static void shutdown() {
        CLIENTS.values().forEach(RedissonClient::shutdown);
        CLIENTS.clear();
    }

    private static synchronized SessionLockProvider provider(RedisTopology topology, String namespace) {
        RedissonClient client = CLIENTS.computeIfAbsent(topology, key -> RedissonClients.of(key.servers()));
        return new RedissonSessionLockProvider(client, namespace);
    }

    @Nested
    class Standalone extends SessionLockProviderContract {
        @Override
        public SessionLockProvider provider(String namespace) {
            return RedissonLockContractTest.provider(RedisTopology.STANDALONE, namespace);
        }
    }

    @Nested
    class Cluster extends SessionLockProviderContract {
        @Override
        public SessionLockProvider provider(String namespace) {
            return RedissonLockContractTest.provider(RedisTopology.CLUSTER, namespace);
        }
    }

    @Nested
    class Sentinel extends SessionLockProviderContract {
        @Override
        public SessionLockProvider provider(String namespace) {
            return RedissonLockContractTest.provider(RedisTopology.SENTINEL, namespace);
        }
    }
}
