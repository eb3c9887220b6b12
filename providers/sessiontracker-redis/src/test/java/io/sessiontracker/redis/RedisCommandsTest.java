package io.sessiontracker.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.redis.script.IndexScripts.BucketEntries;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.ScanPosition;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.CommandMonitor;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;

import static io.sessiontracker.redis.script.StoreProbe.AN_HOUR;
import static io.sessiontracker.redis.script.StoreProbe.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

/** What each operation costs in round trips, counted at the server. */
class RedisCommandsTest {

    private final RedisServer server = RedisServer.launch();
    private final LettuceConnectionFactory connectionFactory = server.newConnectionFactory(Duration.ofSeconds(60));
    private final StoreProbe store = new StoreProbe(connectionFactory, RedisTopology.newNamespace());
    private final SessionDataProvider provider = new RedisSessionDataProvider(store.redis, store.namespace);

    @AfterEach
    void stop() {
        connectionFactory.destroy();
        server.close();
    }

    @Test
    void shouldSendOneCommandPerOperation() {
        letTheServerKnowTheScripts();
        SessionVersion version = new SessionVersion(StoreProbe.newId(), 1);
        try (CommandMonitor monitor = new CommandMonitor(server)) {
            assertOneCommand(
                    monitor,
                    () -> provider.start(
                                    store.address,
                                    List.of(version.id()),
                                    StoreProbe.data("a"),
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

    @Test
    void shouldReadWithoutAScriptWhereThereIsNothingToTouch() {
        letTheServerKnowTheScripts();
        Lifetimes sliding = new Lifetimes(HOUR, 0, HOUR, 0);
        Lifetimes kept = new Lifetimes(HOUR, 0, 0, HOUR);
        try (CommandMonitor monitor = new CommandMonitor(server)) {
            store.start(AN_HOUR);
            assertRead(monitor, false, AN_HOUR, "get");
            assertRead(monitor, true, AN_HOUR, "get");
            assertRead(monitor, false, sliding, "get");
            assertRead(monitor, true, sliding, "evalsha");
            assertRead(monitor, false, kept, "evalsha");
            assertRead(monitor, true, kept, "evalsha");
        }
    }

    /** What is stored decides, not what is usual. */
    @Test
    void shouldTouchOrMissASessionThatIsNotAsUsual() {
        letTheServerKnowTheScripts();
        try (CommandMonitor monitor = new CommandMonitor(server)) {
            assertRead(monitor, false, AN_HOUR, StoreReply.NotFound.class, "get", "evalsha");

            store.start(new Lifetimes(0, 0, HOUR, 0));
            server.call(redis -> redis.pexpire(new String(store.running(), StandardCharsets.UTF_8), 100_000));
            assertRead(monitor, false, AN_HOUR, "get");
            assertThat(store.ttl(store.running())).isLessThanOrEqualTo(100_000);
            assertRead(monitor, true, AN_HOUR, "get", "evalsha");
            assertThat(store.ttl(store.running())).isGreaterThan(100_000);
            store.run(store.finishOf(null, AN_HOUR, false));
            assertRead(monitor, true, AN_HOUR, StoreReply.AlreadyFinished.class, "get", "evalsha");

            store.start(new Lifetimes(0, 1, 0, 2 * System.currentTimeMillis()));
            assertThat(store.value(store.running())).as("its data are kept").isNotNull();
            assertRead(monitor, true, AN_HOUR, StoreReply.AlreadyFinished.class, "get", "evalsha");
            assertRead(monitor, false, AN_HOUR, StoreReply.AlreadyFinished.class, "get", "evalsha");
        }
    }

    private void assertRead(CommandMonitor monitor, boolean touch, Lifetimes usual, String... commands) {
        assertRead(monitor, touch, usual, StoreReply.Done.class, commands);
    }

    private void assertRead(
            CommandMonitor monitor, boolean touch, Lifetimes usual, Class<?> reply, String... commands) {
        assertThat(monitor.during(() -> assertThat((Object) StoreProbe.join(provider.get(store.address, touch, usual)))
                        .isInstanceOf(reply)))
                .containsExactly(commands);
    }

    /** Otherwise the monitor could not see anything. */
    @Test
    void shouldCountTheCostOfAnUnknownScript() {
        store.run(store.operations.touch(store.address));
        try (CommandMonitor monitor = new CommandMonitor(server)) {
            server.call(commands -> commands.scriptFlush());
            assertThat(monitor.during(() -> store.run(store.operations.touch(store.address))))
                    .containsExactly("evalsha", "eval");
        }
    }

    /** A few at each bucket: 50 of 1,000 are in thirteen of them. */
    @Test
    void shouldCostByThePageAndNotByTheNumberOfSessions() {
        List<Long> few = costOfPages(1_000);
        List<Long> many = costOfPages(20_000);

        // Each page is in one bucket or two.
        assertThat(many.get(0)).as("commands").isLessThanOrEqualTo(3 * 2 * 2).isLessThanOrEqualTo(few.get(0));
        assertThat(many.get(1)).as("bytes").isLessThanOrEqualTo(few.get(1));
        assertThat(many.get(2)).as("waits").isLessThanOrEqualTo(3 * 3);
        assertThat(few.get(2)).as("waits").isLessThanOrEqualTo(3 * 4);
        store.count(false);
        store.sweep(10, 0);
        String commands = server.call(redis -> redis.info("commandstats"));
        assertThat(commands)
                .contains("cmdstat_zrangebylex")
                .doesNotContain("cmdstat_keys:")
                .doesNotContain("cmdstat_scan:")
                .doesNotContain("cmdstat_hscan:");
    }

    @Test
    void shouldReadOnlyMatchesOfAnIndexedProperty() {
        fill(0, 2_000);
        long before = bytes();
        assertThat(store.find(false, 50, "tenant", "7")).hasSize(20);
        long indexed = bytes() - before;
        assertThat(store.scan(false, 50)).hasSize(2_000);
        long all = bytes() - before - indexed;

        // What is left is the question to each of 256 buckets.
        assertThat(indexed).isLessThan(all / 5);
    }

    /** Commands, bytes and waits of three pages of 50. */
    private List<Long> costOfPages(int sessions) {
        fill(store.count(false), sessions);
        long bytes = bytes();
        Waits waits = new Waits();
        List<String> commands;
        try (CommandMonitor monitor = new CommandMonitor(server)) {
            commands = monitor.during(() -> {
                String after = new ScanPosition(100, 0, "").cursor();
                for (int page = 0; page < 3; page++) {
                    SessionScan scan = new SessionScan("checkout", false, after, 50);
                    SessionScan.Reply reply =
                            waits.join(BucketScan.run(store.indexScripts, waits, new MultiSlotCalls(true), scan));
                    assertThat(reply.sessions()).hasSize(50);
                    after = reply.next();
                }
            });
        }
        assertThat(commands).containsOnly("evalsha");
        return List.of((long) commands.size(), bytes() - bytes, (long) waits.count);
    }

    /** Holds back replies until nothing more is asked without them, and counts how often that is. */
    private final class Waits implements ScriptRunner {

        private final List<Runnable> asked = new ArrayList<>();
        private int count;

        @Override
        public <R> CompletionStage<R> run(ScriptCall<R> operation) {
            CompletableFuture<R> reply = new CompletableFuture<>();
            asked.add(() -> reply.complete(store.run(operation)));
            return reply;
        }

        private <T> T join(CompletionStage<T> stage) {
            while (!stage.toCompletableFuture().isDone()) {
                List<Runnable> together = List.copyOf(asked);
                asked.clear();
                together.forEach(Runnable::run);
                count++;
            }
            return StoreProbe.join(stage);
        }
    }

    private void fill(long from, long to) {
        letTheServerKnowTheScripts();
        store.scan(false, 1);
        store.run(store.indexScripts.read(
                false, List.of(new BucketEntries(store.indexScripts.bucket("checkout", 0), List.of(), true))));
        store.redis.executePipelined((RedisCallback<Object>) connection -> {
            for (long i = from; i < to; i++) {
                SessionData data = new SessionData(Map.of("tenant", "" + i % 100), Set.of("tenant"), new byte[450]);
                var start = store.startOf(new SessionAddress("checkout", "key-" + i), data, AN_HOUR);
                byte[][] all = Stream.of(start.keys(), start.arguments())
                        .flatMap(Stream::of)
                        .toArray(byte[][]::new);
                connection
                        .scriptingCommands()
                        .evalSha(start.script().sha1(), ReturnType.MULTI, start.keys().length, all);
            }
            return null;
        });
        assertThat(store.count(false)).isEqualTo(to);
    }

    /** What went in and out. */
    private long bytes() {
        return server.call(redis -> redis.info("stats"))
                .lines()
                .filter(line -> line.matches("total_net_(in|out)put_bytes:.*"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    private void letTheServerKnowTheScripts() {
        SessionVersion version = new SessionVersion(StoreProbe.newId(), 1);
        store.everyOperation(version).forEach(store::run);
    }

    private static void assertOneCommand(CommandMonitor monitor, Supplier<StoreReply> operation) {
        StoreReply[] reply = new StoreReply[1];
        List<String> commands = monitor.during(() -> reply[0] = operation.get());
        assertThat(reply[0]).isInstanceOfAny(StoreReply.Done.class, StoreReply.Started.class);
        assertThat(commands).containsExactly("evalsha");
    }
}
