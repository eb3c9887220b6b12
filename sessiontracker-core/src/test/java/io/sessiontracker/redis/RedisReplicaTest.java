package io.sessiontracker.redis;

import java.nio.charset.StandardCharsets;

import io.lettuce.core.ReadFrom;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** A replica lags behind, so it is not asked even where the application lets its own reads go there. */
class RedisReplicaTest {

    @Test
    void shouldNeverReadAReplica() {
        RedisServers servers = RedisTopology.SENTINEL.servers();
        LettuceConnectionFactory connectionFactory =
                RedisServers.connect(servers.configuration(), client -> client.readFrom(ReadFrom.REPLICA));
        Store store = new Store(connectionFactory, RedisTopology.newNamespace());
        byte[] unrelated = (store.namespace + ":unrelated").getBytes(StandardCharsets.UTF_8);
        assertThat(store.value(unrelated)).isNull();

        for (RedisOperation<StoreReply> operation : store.everyOperation(store.start(Store.AN_HOUR))) {
            assertThat(store.run(operation)).isNotInstanceOf(StoreReply.NotFound.class);
        }
        store.start(Store.AN_HOUR);
        assertThat(Store.<StoreReply>join(store.provider.get(store.address, true, Store.AN_HOUR)))
                .isInstanceOf(StoreReply.Done.class);
        assertThat(Store.<StoreReply>join(store.provider.get(store.address, false, Store.AN_HOUR)))
                .isInstanceOf(StoreReply.Done.class);
        assertThat(commandsOf(replica(servers)))
                .as("the setting is heeded, and scripts are not concerned")
                .contains("cmdstat_get:calls=1,")
                .doesNotContain("cmdstat_evalsha")
                .doesNotContain("cmdstat_eval:");
        connectionFactory.destroy();
    }

    private static RedisNode replica(RedisServers servers) {
        String replication = servers.connectionFactory()
                .getConnection()
                .serverCommands()
                .info("replication")
                .getProperty("slave0");
        String port = replication.replaceFirst(".*port=(\\d+).*", "$1");
        return new RedisNode(RedisServer.HOST, Integer.parseInt(port));
    }

    private static String commandsOf(RedisNode node) {
        return RedisServer.call(node, commands -> commands.info("commandstats"));
    }
}
