package io.sessiontracker.redis.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.TimeoutOptions;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.redis.script.LuaScript;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettucePoolingClientConfiguration;
import org.springframework.data.redis.core.script.DigestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An async call must end whatever goes wrong: no thread waits for it that would notice. */
class LettuceCallTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    private final LettuceConnectionFactory connections =
            RedisTopology.STANDALONE.servers().connectionFactory();

    @Test
    void shouldFailWhenItsReplyCannotBeRead() {
        assertFails(
                new LettuceRunner(connections).run(read(reply -> {
                    throw new IllegalStateException("unreadable");
                })),
                "unreadable");
    }

    @Test
    void shouldFailWhenItsReplyIsTooMuch() {
        assertFails(
                new LettuceRunner(connections).run(read(reply -> {
                    throw new StackOverflowError("too deep");
                })),
                "too deep");
    }

    @Test
    void shouldFailWhenAPlainValueCannotBeRead() {
        StoreProbe store = StoreProbe.on(RedisTopology.STANDALONE);
        store.start(StoreProbe.AN_HOUR);
        ScriptCall<StoreReply> peek = store.operations.get(store.address, false);
        ScriptCall<StoreReply> reading = new ScriptCall<>(
                peek.script(),
                peek.subject(),
                peek.keys(),
                peek.arguments(),
                peek.decoder(),
                new ScriptCall.FastPathRead<>(store.running(), value -> {
                    throw new StackOverflowError("too deep");
                }));

        assertFails(new LettuceRunner(connections).run(reading), "too deep");
    }

    @Test
    void shouldLeaveItToTheScriptToRefuseAPlainValueInAnUnknownFormat() {
        StoreProbe store = StoreProbe.on(RedisTopology.STANDALONE);
        byte[] foreign = new byte[100];
        foreign[0]++;
        store.redis.opsForValue().set(store.running(), foreign);

        assertFails(store.provider.get(store.address, false, StoreProbe.AN_HOUR), "unknown format " + foreign[0]);
        assertFails(store.provider.get(store.address, true, StoreProbe.AN_HOUR), "unknown format " + foreign[0]);
    }

    @Test
    void shouldGoOverTheConnectionThatTheFactoryHasNow() {
        LettuceConnectionFactory own = RedisTopology.STANDALONE.servers().newConnectionFactory(SOON);
        LettuceRunner runner = new LettuceRunner(own);
        assertThat(runner.run(read(reply -> "first"))).succeedsWithin(SOON);

        own.resetConnection();
        assertThat(runner.run(read(reply -> "after a reset"))).succeedsWithin(SOON);

        own.stop();
        assertFails(runner.run(read(reply -> "after a stop")), "STOPPED");
        own.start();
        assertThat(runner.run(read(reply -> "after a start"))).succeedsWithin(SOON);
        own.destroy();
        assertFails(runner.run(read(reply -> "after the end")), "destroyed");
    }

    /** A reset puts it back there, open as it is, and the next who begins a transaction gets it. */
    @Test
    void shouldLeaveAConnectionThatIsBackInAPool() {
        LettuceConnectionFactory pooled = pooled();
        LettuceRunner runner = new LettuceRunner(pooled);
        assertThat(runner.run(read(reply -> "before"))).succeedsWithin(SOON);

        try (RedisConnection connection = pooled.getConnection()) {
            pooled.resetConnection();
            connection.multi();
            assertThat(runner.run(read(reply -> "beside a transaction"))).succeedsWithin(SOON);
            connection.discard();
        }
        pooled.destroy();
    }

    private LettuceConnectionFactory pooled() {
        LettuceConnectionFactory pooled = new LettuceConnectionFactory(
                new RedisStandaloneConfiguration(connections.getHostName(), connections.getPort()),
                LettucePoolingClientConfiguration.builder()
                        .shutdownTimeout(Duration.ZERO)
                        .build());
        pooled.afterPropertiesSet();
        pooled.start();
        return pooled;
    }

    @Test
    void shouldSendTheTextOfEachScriptThatTheServerDoesNotKnow() {
        List<ScriptCall<String>> unknown = List.of("first", "second").stream()
                .map(word -> operation(
                        "return '" + word + "' -- " + RedisTopology.newNamespace(),
                        reply -> new String(reply, StandardCharsets.UTF_8)))
                .toList();

        assertThat(new LettuceRunner(connections).runAll(unknown))
                .succeedsWithin(SOON)
                .isEqualTo(List.of("first", "second"));
    }

    @Test
    void shouldFailTogetherWithOneOfSeveral() {
        assertFails(
                new LettuceRunner(connections).runAll(List.of(read(reply -> "read"), read(reply -> {
                    throw new IllegalStateException("unreadable");
                }))),
                "unreadable");
    }

    @Test
    void shouldBeSentAgainForAboutASecond() {
        List<Long> delays = new CopyOnWriteArrayList<>();
        ScriptRunner runner = new LettuceRunner(connections, (task, nanos) -> {
            delays.add(nanos);
            task.run();
        });

        assertFails(runner.run(operation("return redis.error_reply('TRYAGAIN not now')", reply -> reply)), "TRYAGAIN");
        assertThat(Duration.ofNanos(delays.stream().mapToLong(Long::longValue).sum()))
                .isBetween(Duration.ofMillis(900), Duration.ofMillis(1100));
    }

    @Test
    void shouldFailWhenTheDriverIsShutDownBeforeItIsSentAgain() {
        ScriptRunner runner = new LettuceRunner(connections, (task, nanos) -> {
            throw new IllegalStateException("shut down");
        });

        assertFails(runner.run(operation("return redis.error_reply('TRYAGAIN not now')", reply -> reply)), "shut down");
    }

    @Test
    void shouldBeWithdrawnWhereLettuceTimesNoCommands() {
        try (RedisServer server = RedisServer.launch()) {
            LettuceConnectionFactory untimed = RedisServers.connect(
                    new RedisStandaloneConfiguration(
                            server.node().getHost(), server.node().getPort()),
                    client -> client.commandTimeout(Duration.ofMillis(200))
                            .clientOptions(ClientOptions.builder()
                                    .timeoutOptions(TimeoutOptions.create())
                                    .build()));
            ScriptRunner runner = new LettuceRunner(untimed).ready();
            await().ignoreExceptions()
                    .until(() ->
                            StoreProbe.join(runner.run(read(reply -> "read"))).equals("read"));

            server.freeze();
            assertFails(runner.run(read(reply -> "read")), "timed out after 200 millisecond");
            server.thaw();
            untimed.destroy();
        }
    }

    private static <R> ScriptCall<R> read(Function<byte[], R> decoder) {
        return operation("return ''", decoder);
    }

    private static <R> ScriptCall<R> operation(String text, Function<byte[], R> decoder) {
        return new ScriptCall<>(
                new LuaScript("test", "test", text, DigestUtils.sha1DigestAsHex(text)),
                new SessionAddress("checkout", "order-1"),
                List.of(),
                List.of(),
                decoder);
    }

    private static void assertFails(CompletionStage<?> stage, String message) {
        assertThat(stage)
                .failsWithin(SOON)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(SessionStoreException.class)
                .withMessageContaining(message);
    }
}
