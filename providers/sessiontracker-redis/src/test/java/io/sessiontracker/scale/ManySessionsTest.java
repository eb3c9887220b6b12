package io.sessiontracker.scale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionQuery;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.LockSettings;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.engine.SweepSettings;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Sessions by the ten thousand, in a server of their own whose statistics tell what each thing costs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManySessionsTest {

    private static final int SESSIONS = Integer.getInteger("sessiontracker.test.sessions", 10_000);
    private static final int FEW = 1000;
    private static final int RARE = 100;
    private static final int THREADS = 8;

    private final RedisServer server = RedisServer.launch();
    private final LettuceConnectionFactory connections = server.newConnectionFactory(Duration.ofMinutes(1));
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final SessionTracker many = tracker("many");
    private final SessionTracker few = tracker("few");

    private SessionTracker tracker(String namespace) {
        SessionTypeSettings anHour = new SessionTypeSettings(
                SessionEntryOptions.absolute(Duration.ofHours(1)),
                null,
                SessionEntryOptions.absolute(Duration.ofHours(1)),
                LockSettings.BUILT_IN,
                Set.of("tenant"));
        return new SessionTrackerBuilder(
                        new RedisSessionDataProvider(RedisSessionDataProvider.template(connections), namespace),
                        new InMemorySessionLockProvider(),
                        new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(anHour, Map.of()))
                .sweep(new SweepSettings(false, Duration.ofSeconds(10), Duration.ofMinutes(1), 100, 5))
                .build();
    }

    @BeforeAll
    void fill() throws Exception {
        inParallel(SESSIONS, i -> start(many, "order-" + i, i < RARE ? "rare" : "tenant-" + i % 500));
        inParallel(FEW, i -> start(few, "order-" + i, i < RARE ? "rare" : "tenant-" + i % 500));
    }

    @AfterAll
    void end() {
        threads.shutdownNow();
        connections.destroy();
        server.close();
    }

    @Test
    void countShouldBeExactAndReadNoSession() {
        Costs costs = Costs.of(
                server, () -> assertThat(many.count(OrderSession.class)).isEqualTo(SESSIONS));

        assertThat(costs.of("get")).isZero();
        assertThat(costs.requests()).isLessThanOrEqualTo(256);
    }

    @Test
    void aStreamShouldReturnEachLastingSessionOnce() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<Future<Integer>> others = new ArrayList<>();
        for (int thread = 0; thread < 2; thread++) {
            String prefix = "passing-" + thread + "-";
            others.add(threads.submit(() -> comeAndGo(prefix, over)));
        }
        Map<String, Integer> seen = new HashMap<>();
        try {
            many.query(OrderSession.class).pageSize(500).stream()
                    .forEach(order -> seen.merge(order.getKey(), 1, Integer::sum));
        } finally {
            over.set(true);
        }
        for (Future<Integer> other : others) {
            assertThat(other.get()).isPositive();
        }

        assertThat(seen.values()).containsOnly(1);
        for (int i = 0; i < SESSIONS; i++) {
            assertThat(seen).containsKey("order-" + i);
        }
    }

    /** Starts, changes, and ends in one of three ways, so that nothing is left. */
    private int comeAndGo(String prefix, AtomicBoolean over) {
        int gone = 0;
        while (!over.get() || gone == 0) {
            String key = prefix + gone % 50;
            start(many, key, "rare");
            many.modify(OrderSession.class, key, order -> order.getProperties().put("tenant", "tenant-1"))
                    .orElseThrow();
            if (gone % 3 > 0) {
                many.finish(OrderSession.class, key).orElseThrow();
            }
            if (gone % 3 > 1) {
                many.resume(OrderSession.class, key).orElseThrow();
            }
            many.delete(OrderSession.class, key).orElseThrow();
            gone++;
        }
        return gone;
    }

    @Test
    void anIndexedQueryShouldReadOnlyItsMatches() {
        List<OrderSession> found = new ArrayList<>();
        SessionQuery<OrderSession> query =
                many.query(OrderSession.class).where("tenant is 'rare'").pageSize(1000);
        assertThat(query.page().sessions())
                .as("the text of a script has to be sent once")
                .isNotEmpty();
        Costs costs = Costs.of(server, () -> found.addAll(query.page().sessions()));
        Costs session = Costs.of(
                server,
                () -> assertThat(many.peek(OrderSession.class, "order-0").isSuccess())
                        .isTrue());

        assertThat(found)
                .hasSize(RARE)
                .allMatch(order -> "rare".equals(order.getProperties().get("tenant")));
        assertThat(costs.of("get")).isEqualTo(RARE);
        assertThat(costs.requests()).isLessThanOrEqualTo(256 + RARE);
        assertThat(costs.bytes()).isLessThan(RARE * session.bytes() * 2 + 256 * 20);
    }

    @Test
    void aPageShouldCostTheSameHoweverManySessionsThereAre() {
        Costs ofFew = costOfPages(few, 10);
        Costs ofMany = costOfPages(many, 10);

        assertThat(ofMany.requests()).isLessThanOrEqualTo(ofFew.requests());
        assertThat(ofMany.bytes()).isLessThan(ofFew.bytes() * 3 / 2);
        assertThat(ofMany.of("get")).isLessThanOrEqualTo(ofFew.of("get") * 3 / 2);
    }

    private Costs costOfPages(SessionTracker tracker, int pages) {
        return Costs.of(server, () -> {
            String cursor = null;
            for (int i = 0; i < pages; i++) {
                var page = tracker.query(OrderSession.class).after(cursor).page();
                assertThat(page.sessions()).hasSize(50);
                cursor = page.nextCursor();
            }
        });
    }

    @Test
    void nothingShouldLookThroughTheKeySpace() {
        many.expireSessions();
        assertThat(many.count(OrderSession.class)).isEqualTo(SESSIONS);
        assertThat(many.query(OrderSession.class).stream().limit(200)).hasSize(200);
        assertThat(many.query(OrderSession.class).finished().count()).isZero();
        assertThat(many.query(OrderSession.class)
                        .where("$Key is 'order-1' and tenant is 'rare'")
                        .finishAll())
                .isEqualTo(1);
        many.resume(OrderSession.class, "order-1").orElseThrow();
        assertThat(few.query(OrderSession.class).where("has tenant").count()).isEqualTo(FEW);

        assertThat(Costs.upToNow(server).calls())
                .doesNotContainKeys("keys", "scan", "hscan", "sscan", "zscan", "config", "randomkey");
    }

    private static void start(SessionTracker tracker, String key, String tenant) {
        OrderSession order = new OrderSession(key);
        order.getProperties().put("tenant", tenant);
        tracker.start(order).orElseThrow();
    }

    private void inParallel(int count, IntConsumer work) throws InterruptedException, ExecutionException {
        List<Future<?>> parts = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int first = thread;
            parts.add(threads.submit(() -> {
                for (int i = first; i < count; i += THREADS) {
                    work.accept(i);
                }
            }));
        }
        for (Future<?> part : parts) {
            part.get();
        }
    }
}
