package io.sessiontracker.race;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.engine.SweepSettings;
import io.sessiontracker.race.ExpiryWorker.Delivery;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisTopology;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Two thousand sessions expire while three processes sweep. */
abstract class ExpiryDeliveryContract {

    private static final int SESSIONS = 2000;
    private static final int ROUNDS = 5;
    private static final int VISITORS = 4;
    /** How many expiries a process receives before it is killed. */
    private static final int FEW = 5;
    /** One of that many sessions is refreshed during the whole test. */
    private static final int REFRESHED = 50;

    private static final long LONG = Duration.ofHours(1).toMillis();
    private static final long SHORT = 1000;
    private static final SweepSettings NONE =
            new SweepSettings(false, Duration.ofSeconds(10), Duration.ofHours(1), 100, 5);

    private final String namespace = RedisTopology.newNamespace();
    private final List<String> nodes;
    private final List<ExpiryWorker> workers = new ArrayList<>();
    /** The sessions that must be delivered, with the last value known to be stored. */
    private final Map<String, Integer> abandoned = new ConcurrentHashMap<>();

    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final Set<String> refreshed = ConcurrentHashMap.newKeySet();
    private RaceShop shop;

    ExpiryDeliveryContract(RedisTopology topology) {
        nodes = topology.servers().nodes().stream()
                .map(node -> node.getHost() + ":" + node.getPort())
                .toList();
    }

    @BeforeEach
    void open() {
        RaceShop.admit(nodes, namespace);
        shop = new RaceShop(nodes, namespace, NONE);
    }

    @AfterEach
    void close() {
        workers.forEach(ExpiryWorker::close);
        shop.close();
    }

    @Test
    void shouldDeliverEachExactlyOnceWithoutCrashes() {
        IntStream.range(0, 3).forEach(i -> launch(LONG, Integer.MAX_VALUE));
        visits(0, SESSIONS);
        await().until(this::areAllDelivered);

        assertThat(allDeliveries()).hasSameSizeAs(deliveredKeys());
        assertDeliveredStates();
        assertNothingIsLeft();
    }

    /** Each killed process is blocked in its last event, with other claimed sessions; the first process is alone at first. */
    @Test
    void shouldDeliverEachDespiteRepeatedCrashes() {
        for (int round = 0; round < ROUNDS; round++) {
            ExpiryWorker victim = launch(SHORT, FEW);
            visits(round * SESSIONS / ROUNDS, (round + 1) * SESSIONS / ROUNDS);
            await().until(() -> victim.deliveries().size() == FEW || (workers.size() > 1 && areAllDelivered()));
            victim.kill();
            if (round == 0) {
                launch(SHORT, Integer.MAX_VALUE);
                launch(SHORT, Integer.MAX_VALUE);
            }
        }
        await().until(this::areAllDelivered);

        assertDeliveredStates();
        assertNothingIsLeft();
    }

    private ExpiryWorker launch(long leaseMillis, int most) {
        ExpiryWorker worker = new ExpiryWorker(nodes, namespace, leaseMillis, most);
        workers.add(worker);
        return worker;
    }

    private void visits(int first, int end) {
        ExecutorService visitors = Executors.newFixedThreadPool(VISITORS);
        try {
            List<CompletableFuture<Void>> visits = IntStream.range(first, end)
                    .mapToObj(number -> CompletableFuture.runAsync(() -> visit(number), visitors))
                    .toList();
            visits.forEach(CompletableFuture::join);
        } finally {
            visitors.shutdownNow();
        }
    }

    /** Ends some sessions in time and abandons others; a session whose call failed was already expired. */
    private void visit(int number) {
        String key = "basket-" + number;
        Basket basket = new Basket(key);
        basket.count = number;
        if (number % REFRESHED == 0) {
            shop.tracker
                    .start(basket, SessionEntryOptions.sliding(Duration.ofSeconds(3)))
                    .orElseThrow();
            refreshed.add(key);
            return;
        }
        Duration soon = Duration.ofMillis(ThreadLocalRandom.current().nextInt(1, 1500));
        shop.tracker.start(basket, SessionEntryOptions.absolute(soon)).orElseThrow();
        switch (number % 5) {
            case 0 -> abandoned.put(key, number);
            case 1 -> {
                basket.count = -number;
                abandoned.put(key, shop.tracker.update(basket).isSuccess() ? -number : number);
            }
            case 2 ->
                endOrExpire(key, number, shop.tracker.finish(Basket.class, key).isSuccess());
            case 3 ->
                endOrExpire(key, number, shop.tracker.delete(Basket.class, key).isSuccess());
            default -> {
                // Its second deadline is after the test: the first one must not count.
                boolean resumed = shop.tracker.finish(Basket.class, key).isSuccess()
                        && shop.tracker.resume(Basket.class, key).isSuccess();
                endOrExpire(key, number, resumed);
            }
        }
    }

    private void endOrExpire(String key, int count, boolean inTime) {
        if (inTime) {
            ended.add(key);
        } else {
            abandoned.put(key, count);
        }
    }

    private boolean areAllDelivered() {
        refresh();
        return deliveredKeys().containsAll(abandoned.keySet());
    }

    private void refresh() {
        refreshed.removeIf(key -> {
            boolean due = shop.tracker.refresh(Basket.class, key).isFailure();
            if (due) {
                abandoned.put(key, numberOf(key));
            }
            return due;
        });
    }

    private static int numberOf(String key) {
        return Integer.parseInt(key.substring(key.indexOf('-') + 1));
    }

    private List<Delivery> allDeliveries() {
        return workers.stream().flatMap(worker -> worker.deliveries().stream()).toList();
    }

    private Set<String> deliveredKeys() {
        Set<String> keys = new HashSet<>();
        allDeliveries().forEach(delivery -> keys.add(delivery.key()));
        return keys;
    }

    private void assertDeliveredStates() {
        List<Delivery> all = allDeliveries();
        refresh(); // After reading: a session that is still running now must not have been delivered.
        Map<String, String> events = new HashMap<>();
        for (Delivery delivery : all) {
            assertThat(ended).doesNotContain(delivery.key());
            assertThat(refreshed).doesNotContain(delivery.key());
            assertThat(delivery.count()).isEqualTo(abandoned.get(delivery.key()));
            assertThat(events.putIfAbsent(delivery.key(), delivery.eventId())).isIn(null, delivery.eventId());
        }
        assertThat(new HashSet<>(events.values())).hasSameSizeAs(events.keySet());
        assertThat(workers).allSatisfy(worker -> assertThat(worker.failures()).isEmpty());
    }

    /** After all have ended and been swept, only the documented keys remain: sweep partitions and tombstones. */
    private void assertNothingIsLeft() {
        shop.tracker.query(Basket.class).where("all").deleteAll();
        shop.tracker.query(Basket.class).finished().where("all").deleteAll();
        await().untilAsserted(() -> assertThat(keys()).isSubsetOf(Set.of(namespace + ":{basket}:w")));
    }

    private Set<String> keys() {
        Set<String> keys = new HashSet<>();
        for (String node : nodes) {
            RedisServer.call(RedisNode.fromString(node), redis -> keys.addAll(redis.keys(namespace + ":*")));
        }
        keys.removeIf(key -> key.contains("}:d:"));
        return keys;
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50));
    }
}
