package io.sessiontracker.redis;

import io.sessiontracker.contract.FurtherCombination;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** On one server, where each call waits for its reply, as it does over other drivers. */
@FurtherCombination
class RedisWaitingContractTest extends RedisContract {

    private static LettuceConnectionFactory connections;

    RedisWaitingContractTest() {
        super(RedisTopology.STANDALONE);
    }

    @BeforeAll
    static void connect() {
        connections = RedisTopology.STANDALONE.servers().newUnsharedConnectionFactory();
    }

    @AfterAll
    static void disconnect() {
        connections.destroy();
    }

    @Override
    public SessionDataProvider provider(String namespace) {
        return new RedisSessionDataProvider(RedisSessionDataProvider.template(connections), namespace);
    }
}
