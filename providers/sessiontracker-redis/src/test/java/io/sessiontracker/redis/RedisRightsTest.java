package io.sessiontracker.redis;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.ReminderChange;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration.WithAuthentication;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static io.sessiontracker.redis.script.StoreProbe.AN_HOUR;
import static io.sessiontracker.redis.script.StoreProbe.HOUR;
import static io.sessiontracker.redis.script.StoreProbe.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A user with access to the namespace's keys, and no command that administers or looks around, is enough. */
class RedisRightsTest {

    private static final List<String> COMMANDS = List.of(
            "evalsha",
            "eval",
            "time",
            "get",
            "getrange",
            "set",
            "setrange",
            "rename",
            "del",
            "pttl",
            "exists",
            "pexpireat",
            "persist",
            "zadd",
            "zrem",
            "zcard",
            "zcount",
            "zlexcount",
            "zrangebylex",
            "zrevrangebylex",
            "zrangebyscore",
            "zscore",
            "hset",
            "hget",
            "hlen",
            "hdel",
            "hgetall");
    /** What Lettuce asks a Cluster's nodes. */
    private static final List<String> CLUSTER_COMMANDS = List.of("cluster|nodes", "info");

    private static final String PASSWORD = "secret";

    private final String namespace = RedisTopology.newNamespace();
    private final RedisServer server = RedisServer.launch();
    private final RedisStandaloneConfiguration standalone =
            new RedisStandaloneConfiguration(RedisServer.HOST, server.port());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldNeedNoMoreThanTheseRights() {
        server.call(redis -> admit(redis, COMMANDS.stream()));
        asUser(standalone, this::assertEverythingWorks);
    }

    @Test
    void shouldNeedNoMoreThanTheseRightsOnCluster() {
        RedisServers cluster = RedisTopology.CLUSTER.servers();
        for (var node : cluster.nodes()) {
            RedisServer.call(node, redis -> admit(redis, Stream.concat(COMMANDS.stream(), CLUSTER_COMMANDS.stream())));
        }
        asUser((RedisClusterConfiguration) cluster.configuration(), this::assertEverythingWorks);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldNeedEachOfTheseRights(String command) {
        server.call(redis -> admit(redis, COMMANDS.stream().filter(other -> !other.equals(command))));
        asUser(
                standalone,
                store -> assertThatThrownBy(() -> assertEverythingWorks(store))
                        .rootCause()
                        .hasMessageMatching("(?s).*(no permissions|can't run this command).*"));
    }

    static List<String> commands() {
        return COMMANDS;
    }

    @Test
    void shouldBeRefusedOutsideTheNamespace() {
        server.call(redis -> admit(redis, COMMANDS.stream()));
        asUser(standalone, store -> {
            for (String namespace : List.of(RedisTopology.newNamespace(), store.namespace + ":eu")) {
                StoreProbe other = new StoreProbe(store.redis.getRequiredConnectionFactory(), namespace);
                assertThatThrownBy(() -> other.start(AN_HOUR))
                        .hasCauseInstanceOf(SessionStoreException.class)
                        .rootCause()
                        .hasMessageContaining("NOPERM");
            }
        });
    }

    private static void assertRemindersWork(StoreProbe store) {
        SessionAddress address = new SessionAddress(store.address.type(), "reminded");
        OperationToken token = OperationToken.random();
        SessionData data =
                new SessionData(Map.of(), Set.of(), List.of(ReminderChange.beforeExpiry("soon", HOUR)), new byte[0]);
        store.run(store.operations.start(address, List.of(token.newSessionId()), data, AN_HOUR, token, false));
        List<SessionSweep.Claimed> claimed = StoreProbe.join(
                        store.provider.sweep(SessionSweep.claimReminders(address.type(), 10, HOUR)))
                .claimed();
        assertThat(claimed).hasSize(1);
        StoreProbe.join(store.provider.acknowledgeReminders(address.type(), claimed));
        store.run(store.operations.delete(address, SessionStates.BOTH, null, OperationToken.random(), false));
    }

    private void assertEverythingWorks(StoreProbe store) {
        for (ScriptCall<StoreReply> operation : store.everyOperation(store.start(NEVER))) {
            assertThat(store.run(operation)).isNotInstanceOf(StoreReply.NotFound.class);
        }
        assertThat(store.run(store.operations.get(store.address, true))).isEqualTo(new StoreReply.NotFound());

        SessionData indexed = new SessionData(Map.of("tenant", "acme"), Set.of("tenant"), new byte[0]);
        store.run(store.startOf(store.address, indexed, AN_HOUR));
        assertThat(store.find(false, 10, "tenant", "acme")).hasSize(1);
        assertThat(StoreProbe.join(store.provider.scan(
                                new SessionScan(store.address.type(), false, null, 10, null, Set.of(), true)))
                        .sessions())
                .hasSize(1);
        assertThat(store.count(false)).isEqualTo(1);
        store.run(store.deleteOf(null));
        store.start(new Lifetimes(0, 0, HOUR, 0));
        assertRemindersWork(store);
        store.run(store.operations.touch(store.address));
        store.run(store.finishOf(null, NEVER, false));
        store.run(store.deleteOf(null));
        for (int generation = 0; generation < 2; generation++) {
            store.start(new Lifetimes(0, 1, 0, Long.MAX_VALUE));
        }
        assertThat(store.sweep(10, HOUR).claimed()).hasSize(2).allSatisfy(store::acknowledgeExpired);
        assertThat(store.sweep(10, 0).claimed()).isEmpty();
        store.sweep(0, HOUR);
        store.sweep(0, 0);
    }

    /** The user has the namespace for a name. */
    private String admit(RedisCommands<String, String> redis, Stream<String> commands) {
        CommandArgs<String, String> rule = new CommandArgs<>(StringCodec.UTF8)
                .add("SETUSER")
                .add(namespace)
                .add("reset")
                .add("on")
                .add(">" + PASSWORD)
                .add("~" + namespace + ":{*");
        commands.forEach(command -> rule.add("+" + command));
        return redis.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), rule);
    }

    private <C extends RedisConfiguration & WithAuthentication> void asUser(
            C configuration, Consumer<StoreProbe> test) {
        configuration.setUsername(namespace);
        configuration.setPassword(PASSWORD);
        LettuceConnectionFactory connectionFactory = RedisServers.connect(configuration, client -> {});
        try {
            test.accept(new StoreProbe(connectionFactory, namespace));
        } finally {
            connectionFactory.destroy();
        }
    }
}
