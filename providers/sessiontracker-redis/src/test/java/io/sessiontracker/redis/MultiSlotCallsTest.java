package io.sessiontracker.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.testing.CommandMonitor;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisTopology;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** A call that covers many buckets answers what a call for each of them does, until a server refuses it. */
class MultiSlotCallsTest {

    private static final int SLOTS = 16_384;

    @Test
    void shouldTakeFewRequests() {
        try (RedisServer server = RedisServer.launch()) {
            LettuceConnectionFactory connections = server.newConnectionFactory(Duration.ofMinutes(1));
            StoreProbe store = new StoreProbe(connections, RedisTopology.newNamespace());
            start(store, 1000, i -> indexed("tenant", "tenant-" + i % 20));
            letTheServerKnowTheScripts(store);
            try (CommandMonitor monitor = new CommandMonitor(server)) {
                assertThat(monitor.during(() -> assertThat(store.count(false)).isEqualTo(1000)))
                        .containsExactly("evalsha");
                assertThat(monitor.during(() -> assertThat(page(store, "tenant is 'tenant-7'", 100))
                                .hasSize(50)))
                        .containsExactly("evalsha", "evalsha");
                assertThat(monitor.during(() -> assertThat(page(store, "tenant in ['tenant-7', 'tenant-8']", 100))
                                .hasSize(100)))
                        .hasSizeLessThanOrEqualTo(4);
                assertThat(monitor.during(
                                () -> assertThat(page(store, null, 50)).hasSize(50)))
                        .hasSizeLessThanOrEqualTo(4);
            }
            connections.destroy();
        }
    }

    @Test
    void shouldFindWhatOneCallPerBucketFinds() {
        StoreProbe store = StoreProbe.on(RedisTopology.STANDALONE);
        Random random = new Random(7);
        start(store, 1200, i -> random(random));
        for (String filter : new String[] {
            null,
            "tenant is 'a'",
            "tenant in ['a', 'b', 'c']",
            "tenant in ['0', '1', '2', '3', '4', '5', '6', '7', 'a']",
            "tenant in ['a', 'b'] and region is 'eu'",
            "region is 'nowhere'"
        }) {
            for (int limit : List.of(7, 100, 1000)) {
                assertThat(scan(store, new MultiSlotCalls(true), filter, limit))
                        .as("%s, %d at a time", filter, limit)
                        .isEqualTo(scan(store, new MultiSlotCalls(false), filter, limit));
            }
        }
    }

    /** More entries than one call returns, so that some buckets are counted by themselves; one of each has not passed. */
    @Test
    void shouldCheckEntriesWhoseScoreHasPassed() {
        for (boolean together : new boolean[] {true, false}) {
            StoreProbe store = StoreProbe.on(RedisTopology.STANDALONE);
            start(store, 1500, i -> StoreProbe.indexed());
            for (int number = 0; number < SessionAddress.BUCKETS; number++) {
                byte[] deadlines = store.layout.bucket("checkout", number).deadlines(false);
                store.members(deadlines).stream()
                        .skip(1)
                        .forEach(entry -> store.redis.opsForZSet().add(deadlines, entry, 1));
            }
            for (int i = 1200; i < 1500; i++) {
                store.redis.delete(store.layout.running(new SessionAddress("checkout", "started-" + i)));
            }

            assertThat(count(store, together)).isEqualTo(1200);
            assertThat(count(store, together)).as("with repaired scores").isEqualTo(1200);
        }
    }

    @Test
    void shouldAskEachBucketOnceAServerRefuses() {
        ListAppender<ILoggingEvent> log = log();
        try (RedisServer server = RedisServer.launch("cluster-enabled yes")) {
            server.call(redis -> redis.clusterAddSlots(IntStream.range(0, SLOTS).toArray()));
            Awaitility.await()
                    .until(() -> server.call(redis -> redis.clusterInfo()).contains("cluster_state:ok"));
            LettuceConnectionFactory connections = server.newConnectionFactory(Duration.ofMinutes(1));
            StoreProbe store = new StoreProbe(connections, RedisTopology.newNamespace());
            start(store, 300, i -> indexed("tenant", "tenant-" + i % 3));
            CallsOfSeveral calls = new CallsOfSeveral(connections);
            RedisSessionDataProvider provider = new RedisSessionDataProvider(store.redis, store.namespace, calls);

            for (int i = 0; i < 2; i++) {
                assertThat(StoreProbe.join(provider.count("checkout", false))).isEqualTo(300);
                assertThat(StoreProbe.join(provider.scan(scanOf("tenant is 'tenant-1'", 200, null)))
                                .sessions())
                        .hasSize(100);
                assertThat(StoreProbe.join(provider.scan(scanOf(null, 1000, null)))
                                .sessions())
                        .hasSize(300);
            }

            assertThat(calls.made).containsExactly("index/count_buckets");
            assertThat(log.list).hasSize(1);
            connections.destroy();
        } finally {
            ((Logger) LoggerFactory.getLogger(MultiSlotCalls.class)).detachAppender(log);
        }
    }

    @Test
    void shouldNotTryOnACluster() {
        StoreProbe store = StoreProbe.on(RedisTopology.CLUSTER);
        CallsOfSeveral calls = new CallsOfSeveral(store.redis.getRequiredConnectionFactory());
        RedisSessionDataProvider provider = new RedisSessionDataProvider(store.redis, store.namespace, calls);
        start(store, 10, i -> StoreProbe.indexed());

        assertThat(StoreProbe.join(provider.count("checkout", false))).isEqualTo(10);
        assertThat(StoreProbe.join(provider.scan(scanOf("tenant is 'a'", 100, null)))
                        .sessions())
                .hasSize(10);
        assertThat(calls.made).isEmpty();
    }

    private static ListAppender<ILoggingEvent> log() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(MultiSlotCalls.class);
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        return log;
    }

    /** Some that are indexed by both properties, by one or by none, in small buckets and a large one. */
    private static SessionData random(Random random) {
        Map<String, String> properties = new HashMap<>();
        properties.put("tenant", List.of("a", "b", "c", "d").get(random.nextInt(4)));
        properties.put("region", random.nextBoolean() ? "eu" : "us");
        return new SessionData(
                properties,
                switch (random.nextInt(20)) {
                    case 0 -> Set.of();
                    case 1 -> Set.of("region");
                    case 2, 3 -> Set.of("tenant");
                    default -> Set.of("tenant", "region");
                },
                new byte[10]);
    }

    private static SessionData indexed(String property, String value) {
        return new SessionData(Map.of(property, value), Set.of(property), new byte[10]);
    }

    private static void start(StoreProbe store, int count, IntFunction<SessionData> data) {
        for (int i = 0; i < count; i++) {
            SessionAddress address = new SessionAddress("checkout", "started-" + i);
            store.run(store.startOf(address, data.apply(i), StoreProbe.AN_HOUR));
        }
    }

    private static void letTheServerKnowTheScripts(StoreProbe store) {
        store.count(false);
        page(store, null, 50);
    }

    private static List<SessionScan.Item> page(StoreProbe store, @Nullable String filter, int limit) {
        return StoreProbe.join(store.provider.scan(scanOf(filter, limit, null))).sessions();
    }

    private static SessionScan scanOf(@Nullable String filter, int limit, @Nullable String after) {
        return new SessionScan(
                "checkout",
                false,
                after,
                limit,
                filter == null ? null : SessionFilter.parse(filter),
                Set.of("tenant", "region"));
    }

    private static long count(StoreProbe store, boolean together) {
        return StoreProbe.join(
                SessionCount.run(store.indexScripts, store.runner, new MultiSlotCalls(together), "checkout", false));
    }

    /** Returns the keys, of pages that are full but for the last. */
    private static List<String> scan(
            StoreProbe store, MultiSlotCalls multiSlotCalls, @Nullable String filter, int limit) {
        List<String> keys = new ArrayList<>();
        String after = null;
        do {
            SessionScan.Reply reply = StoreProbe.join(
                    BucketScan.run(store.indexScripts, store.runner, multiSlotCalls, scanOf(filter, limit, after)));
            reply.sessions().forEach(item -> keys.add(item.key()));
            after = reply.next();
            assertThat(reply.sessions().size()).isLessThanOrEqualTo(limit);
            assertThat(after == null || reply.sessions().size() == limit)
                    .as("full or the last")
                    .isTrue();
        } while (after != null);
        return keys;
    }

    /** Records the calls that have keys of several buckets. */
    private static final class CallsOfSeveral implements ScriptRunner {

        private final ScriptRunner runner;
        private final List<String> made = new ArrayList<>();

        CallsOfSeveral(RedisConnectionFactory connections) {
            this.runner = ScriptRunner.over(connections);
        }

        @Override
        public <R> CompletionStage<R> run(ScriptCall<R> call) {
            long buckets = List.of(call.keys()).stream()
                    .map(key -> new String(key, StandardCharsets.UTF_8).replaceFirst("}.*", ""))
                    .distinct()
                    .count();
            if (buckets > 1) {
                made.add(call.script().name());
            }
            return runner.run(call);
        }
    }
}
