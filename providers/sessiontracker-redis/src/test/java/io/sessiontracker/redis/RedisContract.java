package io.sessiontracker.redis;

import io.sessiontracker.contract.ConditionalReadContract;
import io.sessiontracker.contract.LockProviderRecordContract;
import io.sessiontracker.contract.SessionDataProviderContract;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;

/** The store contract on one topology. */
abstract class RedisContract extends SessionDataProviderContract
        implements ConditionalReadContract, LockProviderRecordContract {

    private final RedisServers servers;

    RedisContract(RedisTopology topology) {
        this.servers = topology.servers();
    }

    @Override
    public SessionDataProvider provider(String namespace) {
        return new RedisSessionDataProvider(RedisSessionDataProvider.template(servers.connectionFactory()), namespace);
    }

    @Override
    public long storeTime() {
        return servers.timeMillis();
    }
}
