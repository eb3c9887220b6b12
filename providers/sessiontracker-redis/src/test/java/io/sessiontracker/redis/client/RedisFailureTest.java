package io.sessiontracker.redis.client;

import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.sessiontracker.Session;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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

/** Failures are {@link SessionStoreException}s and change nothing. */
class RedisFailureTest {

    @ParameterizedTest
    @EnumSource
    void shouldRefuseAnUnknownFormatAndLeaveItUntouched(RedisTopology topology) {
        StoreProbe store = StoreProbe.on(topology);
        SessionVersion version = store.start(AN_HOUR);
        byte[] foreign = store.value(store.running());
        foreign[0]++;
        store.redis.opsForValue().set(store.running(), foreign);
        List<ScriptCall<StoreReply>> operations = new ArrayList<>(store.everyOperation(version));
        operations.set(operations.size() - 1, store.deleteOf(version));
        for (ScriptCall<StoreReply> operation : operations) {
            assertFails(() -> run(store, operation), operation, "unknown format " + foreign[0]);
        }
        assertThat(store.value(store.running())).isEqualTo(foreign);
        assertThat(store.ttl(store.running())).isEqualTo(-1);
        assertThat(store.value(store.finished())).isNull();
        assertThat(store.value(store.tombstones())).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeleteAnUnknownFormatByItsKey(RedisTopology topology) {
        StoreProbe store = StoreProbe.on(topology);
        SessionData data = new SessionData(Map.of("tenant", "acme"), Set.of("tenant"), new byte[0]);
        store.run(store.startOf(store.address, data, AN_HOUR));
        store.run(store.finishOf(null, AN_HOUR, false));
        store.run(store.startOf(store.address, data, AN_HOUR));
        store.run(store.startOf(new SessionAddress("checkout", "other"), data, AN_HOUR));
        for (byte[] key : List.of(store.running(), store.finished())) {
            store.redis.opsForValue().set(key, new byte[] {1});
        }
        ScriptCall<StoreReply> delete =
                store.operations.delete(store.address, SessionStates.BOTH, null, OperationToken.random(), true);

        assertOnlyDone(store.run(delete));
        assertThat(store.value(store.running())).isNull();
        assertThat(store.value(store.finished())).isNull();
        assertThat(store.count(false)).isEqualTo(1);
        assertThat(store.count(true)).isZero();
        assertOnlyDone(store.run(delete));
        assertThat(store.run(store.deleteOf(null))).isEqualTo(new StoreReply.NotFound());
    }

    private static void assertOnlyDone(StoreReply reply) {
        assertThat(reply)
                .isInstanceOfSatisfying(
                        StoreReply.Done.class,
                        done -> assertThat(done.session()).isNull());
    }

    @Test
    void shouldStartBesideAFinishedSessionInAnUnknownFormat() {
        StoreProbe store = StoreProbe.on(RedisTopology.STANDALONE);
        byte[] foreign = "not a session".getBytes(StandardCharsets.UTF_8);
        store.redis.opsForValue().set(store.finished(), foreign);

        SessionVersion version = store.start(AN_HOUR);
        assertThat(store.run(store.updateOf(version, "b"))).isInstanceOf(StoreReply.Done.class);
        assertThat(store.value(store.finished())).isEqualTo(foreign);
    }

    /** The clock of an older server goes on while a script runs: so to touch it can be to remove it. */
    @Test
    void shouldAnswerARunningSessionThatExpiresAsItIsTouched() {
        StoreProbe store = StoreProbe.on(RedisTopology.STANDALONE);
        SessionVersion version = store.start(new Lifetimes(StoreProbe.HOUR, 0, StoreProbe.HOUR, 0));
        byte[] raw = store.value(store.running());
        raw[StoreProbe.ABSOLUTE_AT] = raw[StoreProbe.ABSOLUTE_AT + 1] = 0;
        store.redis.opsForValue().set(store.running(), raw);

        ScriptCall<StoreReply> start = store.operations.start(
                store.address,
                List.of(StoreProbe.newId()),
                StoreProbe.data("b"),
                AN_HOUR,
                OperationToken.random(),
                true);
        assertThat(store.run(start))
                .isInstanceOfSatisfying(
                        StoreReply.InProgress.class,
                        other -> assertThat(other.running().version()).isEqualTo(version));
    }

    @Test
    void shouldNameAnExceptionThatHasNoMessage() {
        ScriptCall<StoreReply> get =
                StoreProbe.on(RedisTopology.STANDALONE).operations.get(new SessionAddress("checkout", "order-7"), true);

        assertThat(get.failure(new IllegalStateException(new ConnectException())))
                .hasMessage("Redis could not get checkout/order-7: ConnectException");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNameTheServerThatRefusesConnections(boolean shared) {
        try (RedisServer server = RedisServer.launch()) {
            server.stop();
            LettuceConnectionFactory connectionFactory = RedisServers.connect(
                    new RedisStandaloneConfiguration(RedisServer.HOST, server.port()),
                    client -> client.commandTimeout(Duration.ofMinutes(1)));
            connectionFactory.setShareNativeConnection(shared);
            StoreProbe store = new StoreProbe(connectionFactory, RedisTopology.newNamespace());
            ScriptCall<StoreReply> get = store.operations.get(store.address, true);

            assertFails(() -> run(store, get), get, "Connection refused: /127.0.0.1:" + server.port());
            connectionFactory.destroy();
        }
    }

    /** Whether calls wait by themselves, or their caller waits for the stage. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSayThatItWasInterruptedAndStaySo(boolean shared) {
        try (RedisServer server = RedisServer.launch()) {
            LettuceConnectionFactory connectionFactory = server.newConnectionFactory(Duration.ofMinutes(1));
            connectionFactory.setShareNativeConnection(shared);
            SessionTracker tracker = new SessionTrackerBuilder(
                            new StoreProbe(connectionFactory, RedisTopology.newNamespace()).provider,
                            new InMemorySessionLockProvider(),
                            new JacksonSessionCodec())
                    .buildIdle();
            Order order = tracker.start(new Order("order-7")).orElseThrow();
            server.freeze();
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> tracker.update(order))
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessageContaining("order/order-7")
                    .hasMessageContainingAll("nterrupted", "it may have been done all the same");
            assertThat(Thread.interrupted()).isTrue();
            server.thaw();
            connectionFactory.destroy();
        } finally {
            Thread.interrupted();
        }
    }

    static class Order extends Session {
        Order(String key) {
            super(key);
        }
    }

    /** A finish replaces whatever was finished under the key before. */
    @Test
    void shouldFinishOverAFinishedSessionInAnUnknownFormat() {
        StoreProbe store = StoreProbe.on(RedisTopology.STANDALONE);
        byte[] foreign = "not a session".getBytes(StandardCharsets.UTF_8);
        SessionVersion version = store.start(AN_HOUR);
        store.redis.opsForValue().set(store.finished(), foreign);

        assertThatThrownBy(() -> run(store, store.operations.getFinished(store.address)))
                .isInstanceOf(SessionStoreException.class);
        assertThat(store.run(store.updateOf(new SessionVersion(version.id(), 7), "b")))
                .isEqualTo(new StoreReply.VersionConflict(1));
        assertThat(store.run(store.finishOf(new SessionVersion(version.id(), 7), AN_HOUR, false)))
                .isEqualTo(new StoreReply.VersionConflict(1));
        assertThat(store.value(store.finished())).isEqualTo(foreign);
        assertThat(store.run(store.finishOf(null, AN_HOUR, false))).isInstanceOf(StoreReply.Done.class);
        assertThat(store.run(store.operations.getFinished(store.address))).isInstanceOf(StoreReply.Done.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefuseAKeyOfAnotherRedisType(boolean shared) {
        StoreProbe store =
                shared ? StoreProbe.on(RedisTopology.STANDALONE) : StoreProbe.waitingOn(RedisTopology.STANDALONE);
        byte[] element = {1};
        store.redis.opsForList().leftPush(store.running(), element);
        for (ScriptCall<StoreReply> operation : store.everyOperation(new SessionVersion(StoreProbe.newId(), 1))) {
            assertFails(() -> run(store, operation), operation, "WRONGTYPE");
        }
        assertThat(store.redis.opsForList().range(store.running(), 0, -1)).containsExactly(element);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFailWhileTheServerIsDownAndWorkOnceItIsBack(boolean shared) {
        try (RedisServer server = RedisServer.launch()) {
            LettuceConnectionFactory connectionFactory = server.newConnectionFactory(Duration.ofMillis(500));
            connectionFactory.setShareNativeConnection(shared);
            StoreProbe store = new StoreProbe(connectionFactory, RedisTopology.newNamespace());
            SessionVersion version = new SessionVersion(StoreProbe.newId(), 1);

            server.freeze();
            assertAllFail(store, version);
            server.thaw();
            await().ignoreExceptions().until(() -> store.run(store.operations.get(store.address, true)) != null);

            server.stop();
            assertAllFail(store, version);
            server.start();
            await().ignoreExceptions().until(() -> store.run(store.startOf(AN_HOUR)) != null);
            connectionFactory.destroy();
            assertAllFail(store, version);
        }
    }

    @Test
    void shouldFailTheStageOfAnInvalidId() {
        StoreProbe store = StoreProbe.on(RedisTopology.STANDALONE);
        RedisSessionDataProvider provider = new RedisSessionDataProvider(store.redis, store.namespace);

        assertThat(provider.start(
                        store.address, List.of("no id"), StoreProbe.data("a"), AN_HOUR, OperationToken.random(), false))
                .failsWithin(Duration.ofMinutes(1))
                .withThrowableThat()
                .withCauseInstanceOf(IllegalArgumentException.class);
        store.start(AN_HOUR);
        assertThat(store.run(store.updateOf(new SessionVersion("no id", 1), "b")))
                .isEqualTo(new StoreReply.VersionConflict(1));
    }

    private static void assertAllFail(StoreProbe store, SessionVersion version) {
        List<ScriptCall<StoreReply>> operations = store.everyOperation(version);
        ExecutorService callers = Executors.newFixedThreadPool(operations.size());
        try {
            List<CompletableFuture<Void>> calls = operations.stream()
                    .map(operation -> CompletableFuture.runAsync(
                            () -> assertFails(() -> run(store, operation), operation, ""), callers))
                    .toList();
            calls.forEach(CompletableFuture::join);
        } finally {
            callers.shutdownNow();
        }
    }

    private static void assertFails(ThrowingCallable call, ScriptCall<?> operation, String reason) {
        assertThatThrownBy(call)
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining(operation.script().activity() + " checkout/order-7")
                .hasMessageContaining(reason)
                .hasCauseInstanceOf(RuntimeException.class);
    }

    /** Throws what the stage failed with, as a blocking caller does. */
    private static StoreReply run(StoreProbe store, ScriptCall<StoreReply> operation) throws Throwable {
        try {
            return store.run(operation);
        } catch (CompletionException e) {
            throw e.getCause();
        }
    }
}
