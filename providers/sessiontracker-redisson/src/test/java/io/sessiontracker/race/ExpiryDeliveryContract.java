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
import io.sessiontracker.race.ExpiryWorker.Told;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisTopology;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Two thousand sessions expire, while three processes sweep. */
abstract class ExpiryDeliveryContract {

    private static final int SESSIONS = 2000;
    private static final int ROUNDS = 5;
    private static final int VISITORS = 4;
    /** What a process tells before it is killed. */
    private static final int FEW = 5;
    /** Of so many one is refreshed as long as the test lasts. */
    private static final int REFRESHED = 50;

    private static final long LONG = Duration.ofHours(1).toMillis();
    private static final long SHORT = 1000;
    private static final SweepSettings NONE =
            new SweepSettings(false, Duration.ofSeconds(10), Duration.ofHours(1), 100, 5);

    private final String namespace = RedisTopology.newNamespace();
    private final List<String> nodes;
    private final List<ExpiryWorker> tellers = new ArrayList<>();
    /** What must be told, with the last value that is known to be stored. */
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
        tellers.forEach(ExpiryWorker::close);
        shop.close();
    }

    @Test
    void eachShouldBeToldExactlyOnceWhileNobodyDies() {
        IntStream.range(0, 3).forEach(i -> launch(LONG, Integer.MAX_VALUE));
        visits(0, SESSIONS);
        patient().until(this::areAllTold);

        assertThat(allTold()).hasSameSizeAs(keysTold());
        assertToldAsTheyWere();
        assertNothingIsLeft();
    }

    /** Its last event keeps each of the killed waiting, with the rest of what it had claimed; the first is alone with it. */
    @Test
    void eachShouldBeToldBySomebodyWhileOneIsKilledAgainAndAgain() {
        for (int round = 0; round < ROUNDS; round++) {
            ExpiryWorker victim = launch(SHORT, FEW);
            visits(round * SESSIONS / ROUNDS, (round + 1) * SESSIONS / ROUNDS);
            patient().until(() -> victim.acknowledgeExpired().size() == FEW || (tellers.size() > 1 && areAllTold()));
            victim.kill();
            if (round == 0) {
                launch(SHORT, Integer.MAX_VALUE);
                launch(SHORT, Integer.MAX_VALUE);
            }
        }
        patient().until(this::areAllTold);

        assertToldAsTheyWere();
        assertNothingIsLeft();
    }

    private ExpiryWorker launch(long leaseMillis, int most) {
        ExpiryWorker teller = new ExpiryWorker(nodes, namespace, leaseMillis, most);
        tellers.add(teller);
        return teller;
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

    /** Some come back in time, some do not; a call that fails was too late, and then nothing is said about its session. */
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
                // Its second life outlasts the test: the deadline that it had first must not count.
                boolean moved = shop.tracker.finish(Basket.class, key).isSuccess()
                        && shop.tracker.resume(Basket.class, key).isSuccess();
                endOrExpire(key, number, moved);
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

    private boolean areAllTold() {
        refresh();
        return keysTold().containsAll(abandoned.keySet());
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

    private List<Told> allTold() {
        return tellers.stream()
                .flatMap(teller -> teller.acknowledgeExpired().stream())
                .toList();
    }

    private Set<String> keysTold() {
        Set<String> keys = new HashSet<>();
        allTold().forEach(acknowledgeExpired -> keys.add(acknowledgeExpired.key()));
        return keys;
    }

    private void assertToldAsTheyWere() {
        List<Told> all = allTold();
        refresh(); // Now, so that none of them can have been acknowledgeExpired and have been due in truth.
        Map<String, String> events = new HashMap<>();
        for (Told acknowledgeExpired : all) {
            assertThat(ended).doesNotContain(acknowledgeExpired.key());
            assertThat(refreshed).doesNotContain(acknowledgeExpired.key());
            assertThat(acknowledgeExpired.count()).isEqualTo(abandoned.get(acknowledgeExpired.key()));
            assertThat(events.putIfAbsent(acknowledgeExpired.key(), acknowledgeExpired.eventId()))
                    .isIn(null, acknowledgeExpired.eventId());
        }
        assertThat(new HashSet<>(events.values())).hasSameSizeAs(events.keySet());
        assertThat(tellers).allSatisfy(teller -> assertThat(teller.failures()).isEmpty());
    }

    /** When all have ended and been swept, there is what README names: who sweeps next, and for a minute who was deleted. */
    private void assertNothingIsLeft() {
        shop.tracker.query(Basket.class).where("all").deleteAll();
        shop.tracker.query(Basket.class).finished().where("all").deleteAll();
        patient().untilAsserted(() -> assertThat(keys()).isSubsetOf(Set.of(namespace + ":{basket}:w")));
    }

    private Set<String> keys() {
        Set<String> keys = new HashSet<>();
        for (String node : nodes) {
            RedisServer.call(RedisNode.fromString(node), redis -> keys.addAll(redis.keys(namespace + ":*")));
        }
        keys.removeIf(key -> key.contains("}:d:"));
        return keys;
    }

    private static ConditionFactory patient() {
        return Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50));
    }
}
