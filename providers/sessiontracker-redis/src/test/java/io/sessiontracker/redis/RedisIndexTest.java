package io.sessiontracker.redis;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.sessiontracker.redis.script.IndexCheck;
import io.sessiontracker.redis.script.Snapshot;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

import static io.sessiontracker.redis.script.StoreProbe.HOUR;
import static io.sessiontracker.redis.script.StoreProbe.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Any sequence of operations leaves indexes that agree with the sessions; the seed of a failure is its repetition. */
class RedisIndexTest {

    private static final int OPERATIONS = 60;
    /** Some of one length, and one too long to be read with a header. */
    private static final List<String> VALUES = List.of("", "v", "w", "vv", "long".repeat(60));

    private final RedisServers servers = RedisTopology.STANDALONE.servers();
    private final StoreProbe store = StoreProbe.on(servers);
    /** Some in one bucket, some alone. */
    private final List<SessionAddress> addresses = addresses();

    private boolean everImmortal;
    private long lastBriefDeadline;
    private final Set<String> claimed = new HashSet<>();
    private final Set<String> awaitingDelivery = new TreeSet<>();

    @RepeatedTest(25)
    void shouldAgreeWithTheSessions(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < OPERATIONS; i++) {
            operate(random);
            IndexCheck.check(Snapshot.of(store), everImmortal);
        }
        assertReadersAgree();
        assertNothingIsLeftOver();
    }

    private void operate(Random random) {
        SessionAddress address = addresses.get(random.nextInt(addresses.size()));
        switch (random.nextInt(11)) {
            case 0, 1, 2 -> store.run(store.startOf(address, data(random), lifetimes(random, true)));
            case 3, 4 -> update(address, random);
            case 5, 6 ->
                store.run(store.operations.finish(
                        address, null, lifetimes(random, false), OperationToken.random(), false));
            case 7 ->
                store.run(store.operations.resume(
                        address, null, lifetimes(random, true), OperationToken.random(), false));
            case 8 ->
                store.run(store.operations.delete(
                        address, SessionStates.BOTH, null, OperationToken.random(), random.nextBoolean()));
            case 9 -> store.run(store.operations.get(address, true));
            default -> many(random);
        }
    }

    private void update(SessionAddress address, Random random) {
        if (store.run(store.operations.get(address, random.nextBoolean())) instanceof StoreReply.Done done) {
            store.run(store.operations.update(
                    address, done.session().version(), null, data(random), OperationToken.random()));
        }
    }

    private void many(Random random) {
        switch (random.nextInt(4)) {
            case 0 -> store.count(random.nextBoolean());
            case 1 -> acknowledge(store.sweep(1 + random.nextInt(3), 0), random.nextBoolean());
            case 2 -> store.sweep(0, 0);
            default -> awaitBrief();
        }
    }

    private void acknowledge(SessionSweep.Reply reply, boolean acknowledges) {
        reply.claimed().forEach(expired -> {
            String id = expired.session().version().id();
            assertThat(claimed.add(id)).as("claimed for an hour").isTrue();
            if (acknowledges) {
                store.acknowledgeExpired(expired);
            } else {
                awaitingDelivery.add(expired.key() + "\n" + id);
            }
        });
    }

    /** Time passes. */
    private void awaitBrief() {
        await().until(() -> servers.timeMillis() > lastBriefDeadline);
    }

    private Lifetimes lifetimes(Random random, boolean running) {
        long retention = running && random.nextBoolean() ? HOUR : 0;
        long brief = 1L + random.nextInt(40);
        lastBriefDeadline = Math.max(lastBriefDeadline, servers.timeMillis() + 60);
        return switch (random.nextInt(12)) {
            case 0 -> {
                everImmortal = true;
                yield NEVER;
            }
            case 1, 2 -> new Lifetimes(HOUR, 0, 0, retention);
            case 3 -> new Lifetimes(0, 0, HOUR, retention);
            case 4 -> new Lifetimes(2 * HOUR, 0, HOUR, retention);
            case 5, 6 -> new Lifetimes(brief, 0, 0, retention);
            case 7, 8 -> new Lifetimes(0, 0, brief, retention);
            case 9 -> new Lifetimes(0, servers.timeMillis() - 1, 0, retention);
            case 10 -> new Lifetimes(0, 0, brief, running ? 30 : 0);
            default -> new Lifetimes(HOUR, 0, brief, retention);
        };
    }

    private static SessionData data(Random random) {
        Map<String, String> properties = new HashMap<>();
        Set<String> indexed = new HashSet<>();
        for (String name : List.of("a", "ab", "tenant")) {
            if (random.nextBoolean()) {
                properties.put(name, VALUES.get(random.nextInt(VALUES.size())));
            }
            if (random.nextBoolean()) {
                indexed.add(name);
            }
        }
        return new SessionData(properties, random.nextBoolean() ? indexed : Set.of(), new byte[random.nextInt(50)]);
    }

    private void assertReadersAgree() {
        awaitBrief();
        for (boolean finished : new boolean[] {false, true}) {
            Set<String> expected = addresses.stream()
                    .filter(address -> store.run(
                                    finished
                                            ? store.operations.getFinished(address)
                                            : store.operations.get(address, false))
                            instanceof StoreReply.Done)
                    .map(SessionAddress::key)
                    .collect(Collectors.toSet());
            assertThat(store.scan(finished, 3))
                    .extracting(SessionScan.Item::key)
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(store.count(finished)).isEqualTo(expected.size());
            IndexCheck.check(Snapshot.of(store), everImmortal);
        }
    }

    private void assertNothingIsLeftOver() {
        addresses.forEach(address ->
                store.run(store.operations.delete(address, SessionStates.BOTH, null, OperationToken.random(), false)));
        SessionSweep.Reply reply;
        do {
            reply = store.sweep(10, 0);
            acknowledge(reply, true);
        } while (reply.more());
        awaitingDelivery.forEach(line -> {
            String[] parts = line.split("\n", -1);
            StoreProbe.join(store.provider
                    .acknowledgeExpired(new SessionAddress(store.address.type(), parts[0]), parts[1])
                    .thenApply(nothing -> true));
        });
        assertThat(Snapshot.of(store).keys().entrySet())
                .allSatisfy(key -> assertThat(key.getKey()).contains("}:d:"))
                .allSatisfy(key -> assertThat(key.getValue().ttl()).isBetween(0L, 60_000L));
    }

    private static List<SessionAddress> addresses() {
        int bucket = new SessionAddress("checkout", "key").bucket();
        List<SessionAddress> all = IntStream.range(0, 3000)
                .mapToObj(i -> new SessionAddress("checkout", "key-" + i))
                .toList();
        return List.of(
                all.get(0),
                all.stream().filter(a -> a.bucket() == bucket).findFirst().orElseThrow(),
                all.stream()
                        .filter(a -> a.bucket() == bucket)
                        .skip(1)
                        .findFirst()
                        .orElseThrow(),
                all.stream()
                        .filter(a -> a.bucket() == bucket)
                        .skip(2)
                        .findFirst()
                        .orElseThrow());
    }
}
