package io.sessiontracker.redis;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

import io.lettuce.core.ReadFrom;
import io.lettuce.core.api.sync.RedisCommands;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.redis.script.StoreProbe;
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

    /** All that scripts or their callers read with; what is written comes to a replica from its master. */
    private static final Set<String> READS = Set.of(
            "get",
            "getrange",
            "pttl",
            "exists",
            "hgetall",
            "hlen",
            "zcard",
            "zcount",
            "zlexcount",
            "zrangebylex",
            "zrevrangebylex",
            "zrangebyscore",
            "zscore",
            "eval",
            "evalsha");

    @Test
    void shouldNeverReadAReplica() {
        RedisServers servers = RedisTopology.SENTINEL.servers();
        LettuceConnectionFactory connectionFactory =
                RedisServers.connect(servers.configuration(), client -> client.readFrom(ReadFrom.REPLICA));
        StoreProbe store = new StoreProbe(connectionFactory, RedisTopology.newNamespace());
        RedisNode replica = replica(servers);
        byte[] unrelated = (store.namespace + ":unrelated").getBytes(StandardCharsets.UTF_8);
        assertThat(store.value(unrelated)).isNull();
        assertThat(readsAt(replica)).as("the setting is heeded").contains("get");
        RedisServer.call(replica, RedisCommands::configResetstat);

        for (ScriptCall<StoreReply> operation : store.everyOperation(store.start(StoreProbe.AN_HOUR))) {
            assertThat(store.run(operation)).isNotInstanceOf(StoreReply.NotFound.class);
        }
        store.start(StoreProbe.AN_HOUR);
        assertThat(StoreProbe.<StoreReply>join(store.provider.get(store.address, true, StoreProbe.AN_HOUR)))
                .isInstanceOf(StoreReply.Done.class);
        assertThat(StoreProbe.<StoreReply>join(store.provider.get(store.address, false, StoreProbe.AN_HOUR)))
                .isInstanceOf(StoreReply.Done.class);
        assertThat(store.count(false)).isEqualTo(1);
        assertThat(store.scan(false, 10)).hasSize(1);
        assertThat(store.sweep(10, 0).claimed()).isEmpty();

        assertThat(readsAt(replica)).isEmpty();
        connectionFactory.destroy();
    }

    private static Set<String> readsAt(RedisNode node) {
        return RedisServer.call(node, commands -> commands.info("commandstats"))
                .lines()
                .filter(line -> line.startsWith("cmdstat_"))
                .map(line -> line.substring("cmdstat_".length(), line.indexOf(':')))
                .filter(READS::contains)
                .collect(Collectors.toSet());
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
}
