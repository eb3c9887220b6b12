package io.sessiontracker.redis;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.CommandMonitor;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static io.sessiontracker.redis.Store.AN_HOUR;
import static org.assertj.core.api.Assertions.assertThat;

/** What each operation costs in round trips, counted at the server. */
class RedisCommandsTest {

    private final RedisServer server = RedisServer.launch();
    private final LettuceConnectionFactory connectionFactory = server.newConnectionFactory(Duration.ofSeconds(60));
    private final Store store = new Store(connectionFactory, RedisTopology.newNamespace());
    private final SessionDataProvider provider = new RedisSessionDataProvider(store.redis, store.namespace);

    @AfterEach
    void stop() {
        connectionFactory.destroy();
        server.close();
    }

    @Test
    void shouldSendOneCommandPerOperation() {
        letTheServerKnowTheScripts();
        SessionVersion version = new SessionVersion(Store.newId(), 1);
        try (CommandMonitor monitor = new CommandMonitor(server)) {
            assertOneCommand(
                    monitor,
                    () -> provider.start(
                                    store.address,
                                    List.of(version.id()),
                                    Store.data("a"),
                                    AN_HOUR,
                                    OperationToken.random(),
                                    false)
                            .toCompletableFuture()
                            .join());
            assertOneCommand(monitor, () -> store.run(store.operations.get(store.address, true)));
            assertOneCommand(monitor, () -> store.run(store.operations.get(store.address, false)));
            assertOneCommand(monitor, () -> store.run(store.operations.touch(store.address)));
            assertOneCommand(monitor, () -> store.run(store.updateOf(version, "b")));
            assertOneCommand(monitor, () -> store.run(store.finishOf(null, AN_HOUR, true)));
            assertOneCommand(monitor, () -> store.run(store.operations.getFinished(store.address)));
            assertOneCommand(monitor, () -> store.run(store.resumeOf(null, AN_HOUR, true)));
            assertOneCommand(monitor, () -> store.run(store.deleteOf(version.next())));
        }
    }

    /** Otherwise the monitor could not see anything. */
    @Test
    void shouldSeeWhatAnUnknownScriptCosts() {
        store.run(store.operations.touch(store.address));
        try (CommandMonitor monitor = new CommandMonitor(server)) {
            server.call(commands -> commands.scriptFlush());
            assertThat(monitor.during(() -> store.run(store.operations.touch(store.address))))
                    .containsExactly("evalsha", "eval");
        }
    }

    private void letTheServerKnowTheScripts() {
        SessionVersion version = new SessionVersion(Store.newId(), 1);
        store.everyOperation(version).forEach(store::run);
    }

    private static void assertOneCommand(CommandMonitor monitor, Supplier<StoreReply> operation) {
        StoreReply[] reply = new StoreReply[1];
        List<String> commands = monitor.during(() -> reply[0] = operation.get());
        assertThat(reply[0]).isInstanceOfAny(StoreReply.Done.class, StoreReply.Started.class);
        assertThat(commands).containsExactly("evalsha");
    }
}
