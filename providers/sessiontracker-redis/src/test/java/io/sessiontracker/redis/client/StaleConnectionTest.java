package io.sessiontracker.redis.client;

import java.time.Duration;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.ProtocolVersion;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.FaultProxy;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static io.sessiontracker.redis.script.StoreProbe.AN_HOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** After a fail-over a connection may lead to the master that was, or nowhere, and does not end by itself. */
class StaleConnectionTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final Duration SOON = Duration.ofMinutes(1);

    private final RedisServer server = RedisServer.launch();
    private final FaultProxy proxy = FaultProxy.to(server);

    @AfterEach
    void stop() {
        proxy.close();
        server.close();
    }

    /** A demoted master does not have what is written to its successor. */
    @Test
    void shouldReadNothingFromAMasterThatWasDemoted() {
        LettuceConnectionFactory connections = connections(ProtocolVersion.RESP3);
        StoreProbe store = new StoreProbe(connections, RedisTopology.newNamespace());
        SessionVersion version = store.start(AN_HOUR);
        demote();

        assertFails(() -> store.run(store.updateOf(version, "b")));
        for (boolean touch : new boolean[] {true, false}) {
            assertFails(() -> StoreProbe.join(store.provider.get(store.address, touch, AN_HOUR)));
            assertFails(() -> store.run(store.operations.get(store.address, touch)));
        }
        promote();
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> store.run(store.updateOf(version, "b")) instanceof StoreReply.Done);
        connections.destroy();
    }

    @Test
    void shouldReadNothingFromAReplicaThatItIsConnectedToAnew() {
        LettuceConnectionFactory connections = connections(ProtocolVersion.RESP3);
        StoreProbe store = new StoreProbe(connections, RedisTopology.newNamespace());
        store.start(AN_HOUR);
        demote();
        proxy.cut();

        assertFails(() -> store.run(store.operations.get(store.address, false)));
        promote();
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> store.run(store.operations.get(store.address, false)) instanceof StoreReply.Done);
        connections.destroy();
    }

    /** By name there may be another server then. */
    @ParameterizedTest
    @EnumSource
    void shouldConnectAnewWhenAWriteIsRefused(ProtocolVersion protocol) {
        LettuceConnectionFactory connections = connections(protocol);
        StoreProbe store = new StoreProbe(connections, RedisTopology.newNamespace());
        SessionVersion version = store.start(AN_HOUR);
        int before = proxy.acceptedConnections();
        demote();

        assertFails(() -> store.run(store.updateOf(version, "b")));

        await().atMost(SOON).until(() -> proxy.acceptedConnections() > before);
        promote();
        connections.destroy();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLeaveAConnectionThatIsDeadWithoutEnding(boolean timedByLettuce) {
        LettuceConnectionFactory connections = connections(ClientOptions.builder()
                .timeoutOptions(timedByLettuce ? TimeoutOptions.enabled() : TimeoutOptions.create()));
        StoreProbe store = new StoreProbe(connections, RedisTopology.newNamespace());
        store.start(AN_HOUR);
        proxy.strand();

        assertFails(() -> store.run(store.operations.get(store.address, true)));
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> store.run(store.operations.get(store.address, true)) instanceof StoreReply.Done);
        connections.destroy();
    }

    @Test
    void shouldKeepAConnectionThatIsSlow() {
        LettuceConnectionFactory connections = connections(ProtocolVersion.RESP3);
        StoreProbe store = new StoreProbe(connections, RedisTopology.newNamespace());
        store.start(AN_HOUR);
        int before = proxy.acceptedConnections();

        proxy.holdReplies();
        assertFails(() -> store.run(store.operations.get(store.address, true)));
        proxy.restore();

        assertThat(store.run(store.operations.get(store.address, true))).isInstanceOf(StoreReply.Done.class);
        assertThat(proxy.acceptedConnections()).isEqualTo(before);
        connections.destroy();
    }

    private void demote() {
        server.call(redis -> redis.replicaof(RedisServer.HOST, 1));
    }

    private void promote() {
        server.call(RedisCommands::replicaofNoOne);
    }

    private LettuceConnectionFactory connections(ProtocolVersion protocol) {
        return connections(ClientOptions.builder().protocolVersion(protocol));
    }

    private LettuceConnectionFactory connections(ClientOptions.Builder options) {
        LettuceConnectionFactory connections = RedisServers.connect(
                new RedisStandaloneConfiguration(RedisServer.HOST, proxy.port()),
                client -> client.commandTimeout(TIMEOUT).clientOptions(options.build()));
        return RedisServers.awaitConnected(connections);
    }

    private static void assertFails(ThrowingCallable call) {
        assertThatThrownBy(call).hasCauseInstanceOf(SessionStoreException.class);
    }
}
