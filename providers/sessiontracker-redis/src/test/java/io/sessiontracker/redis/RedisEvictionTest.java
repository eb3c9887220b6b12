package io.sessiontracker.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.redis.script.ClaimScripts.Candidate;
import io.sessiontracker.redis.script.IndexCheck;
import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.redis.script.Snapshot;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.sessiontracker.redis.script.StoreProbe.AN_HOUR;
import static io.sessiontracker.redis.script.StoreProbe.HOUR;
import static io.sessiontracker.redis.script.StoreProbe.NEVER;
import static io.sessiontracker.redis.script.StoreProbe.indexed;
import static io.sessiontracker.redis.script.StoreProbe.sameBucket;
import static org.assertj.core.api.Assertions.assertThat;

/** A server that evicts may take any key of an index: no other outlives its sessions then, and a repair finds what is wrong. */
class RedisEvictionTest {

    /** Half as long again as the longest of the lifetimes below, with its retention. */
    private static final long BOUND = 3 * HOUR + 1000;

    private static final long DAY = 24 * HOUR;

    private final RedisServers servers = RedisTopology.STANDALONE.servers();
    private final StoreProbe store = StoreProbe.on(servers);
    private final List<SessionAddress> addresses = sameBucket(5);
    private final Bucket bucket = store.layout.bucket(addresses.get(0));
    private final List<byte[]> indexKeys = new ArrayList<>();

    RedisEvictionTest() {
        indexKeys.addAll(bucket.index(false));
        indexKeys.addAll(bucket.index(true));
        indexKeys.add(bucket.awaitingDelivery());
    }

    /** The seed of a failure is its repetition. */
    @RepeatedTest(20)
    void shouldBoundLeftovers(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int step = 0; step < 80; step++) {
            if (random.nextInt(4) == 0) {
                store.redis.delete(indexKeys.get(random.nextInt(indexKeys.size())));
            }
            call(random);
            assertBounded();
        }
    }

    /** When two keys are lost at once, no entry of their session may be left. */
    @RepeatedTest(20)
    void shouldRebuildALostKey(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int eviction = 0; eviction < 10; eviction++) {
            store.redis.delete(indexKeys.get(random.nextInt(6)));
            for (int step = 0; step < 5; step++) {
                call(random);
            }
            rebuild();
            rebuild();
            IndexCheck.check(Snapshot.of(store), false);
            assertBounded();
        }
    }

    private void assertBounded() {
        for (byte[] key : indexKeys) {
            assertThat(store.ttl(key)).isNotEqualTo(-1).isLessThanOrEqualTo(BOUND);
        }
    }

    private void call(Random random) {
        SessionAddress address = addresses.get(random.nextInt(addresses.size()));
        OperationToken token = OperationToken.random();
        Lifetimes lifetimes = lifetimes(random);
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> store.run(store.startOf(address, indexed(), lifetimes));
            case 3 -> store.run(store.operations.finish(address, null, lifetimes, token, false));
            case 4 -> store.run(store.operations.resume(address, null, lifetimes, token, false));
            case 5 -> store.run(store.operations.delete(address, SessionStates.BOTH, null, token, false));
            case 6 -> store.run(store.operations.touch(address));
            case 7 -> update(address, random);
            default ->
                StoreProbe.join(BucketSweep.run(
                        store.expirationScripts,
                        store.indexScripts,
                        new DueBuckets(new MultiSlotCalls(true)),
                        ScriptRunner.over(store.redis.getRequiredConnectionFactory()),
                        bucket.number(),
                        SessionSweep.claim(address.type(), 3, random.nextInt(2) * HOUR + 1)));
        }
    }

    private void update(SessionAddress address, Random random) {
        if (store.run(store.operations.get(address, false)) instanceof StoreReply.Done done && done.session() != null) {
            store.run(store.operations.update(
                    address,
                    done.session().version(),
                    null,
                    random.nextBoolean() ? indexed() : StoreProbe.data("b"),
                    OperationToken.random()));
        }
    }

    private static Lifetimes lifetimes(Random random) {
        long retention = random.nextBoolean() ? HOUR : 0;
        return switch (random.nextInt(5)) {
            case 0 -> new Lifetimes(HOUR, 0, 0, retention);
            case 1 -> new Lifetimes(0, 0, HOUR, retention);
            case 2 -> new Lifetimes(HOUR, 0, HOUR / 2, retention);
            case 3 -> new Lifetimes(1, 0, 0, retention);
            default -> new Lifetimes(0, 0, 1, retention);
        };
    }

    private void rebuild() {
        IndexRebuild rebuild =
                new IndexRebuild(store.indexScripts, ScriptRunner.over(store.redis.getRequiredConnectionFactory()));
        StoreProbe.join(rebuild.run(bucket, false, true));
        StoreProbe.join(rebuild.run(bucket, true, true));
    }

    /** A session may end between two of its scripts, and whichever comes next leaves no half of its entries. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldRebuildWhileASessionEnds(int script) {
        addresses.forEach(address -> store.run(store.startOf(address, indexed(), AN_HOUR)));
        ScriptRunner waiting = ScriptRunner.over(
                StoreProbe.waitingOn(RedisTopology.STANDALONE).redis.getRequiredConnectionFactory());
        AtomicInteger scripts = new AtomicInteger();
        IndexRebuild rebuild = new IndexRebuild(store.indexScripts, new ScriptRunner() {
            @Override
            public <R> CompletionStage<R> run(ScriptCall<R> call) {
                if (scripts.incrementAndGet() == script) {
                    store.redis.delete(store.layout.running(addresses.get(0)));
                }
                return waiting.run(call);
            }
        });
        StoreProbe.join(rebuild.run(bucket, false, true));

        assertThat(scripts).hasValue(3);
        IndexCheck.check(Snapshot.of(store), false);
        assertThat(store.members(bucket.deadlines(false))).hasSize(addresses.size() - 1);
    }

    /** Where nothing seems wrong a few sweeps look all the same. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldRebuildALostKeyByASweep(int evicted) {
        addresses.forEach(address -> store.run(store.startOf(address, indexed(), AN_HOUR)));
        store.redis.delete(bucket.index(false).get(evicted));
        store.run(store.startOf(sameBucket(6).get(5), indexed(), AN_HOUR));

        store.sweep(0, 0);
        IndexCheck.check(Snapshot.of(store), false);
        assertThat(store.count(false)).isEqualTo(6);
        assertThat(store.scan(false, 10)).hasSize(6);
    }

    @Test
    void shouldGiveTheIndexItsEndBackOnceNothingInItIsEndless() {
        SessionAddress endless = addresses.get(0);
        SessionAddress touched = addresses.get(1);
        store.run(store.startOf(endless, indexed(), NEVER));
        store.run(store.startOf(touched, indexed(), new Lifetimes(0, 0, 2 * DAY, 0)));
        store.run(store.startOf(addresses.get(2), indexed(), AN_HOUR));
        assertThat(bucket.index(false))
                .allSatisfy(key -> assertThat(store.ttl(key)).isEqualTo(-1));

        OperationToken token = OperationToken.random();
        store.run(store.operations.finish(endless, null, NEVER, token, false));
        assertThat(bucket.index(false))
                .allSatisfy(key -> assertThat(store.ttl(key)).isBetween(DAY, 2 * DAY + 1000));
        IndexCheck.check(Snapshot.of(store), false);

        store.run(store.operations.finish(touched, null, AN_HOUR, token, false));
        store.run(store.operations.delete(endless, SessionStates.BOTH, null, OperationToken.random(), false));
        assertThat(bucket.index(true))
                .allSatisfy(key -> assertThat(store.ttl(key)).isBetween(HOUR, DAY + 1000));
        IndexCheck.check(Snapshot.of(store), false);
    }

    @Test
    void shouldGiveTheIndexItsEndBackOnceAnEndlessSessionIsLetToExpire() {
        for (Lifetimes lifetimes : List.of(AN_HOUR, new Lifetimes(0, 1, 0, 0))) {
            store.run(store.startOf(addresses.get(0), indexed(), NEVER));
            store.run(store.startOf(addresses.get(1), indexed(), AN_HOUR));
            store.run(store.operations.expire(addresses.get(0), null, lifetimes));

            assertThat(bucket.index(false))
                    .allSatisfy(key -> assertThat(store.ttl(key)).isBetween(HOUR, DAY + 1000));
            IndexCheck.check(Snapshot.of(store), false);
            addresses.forEach(each ->
                    store.run(store.operations.delete(each, SessionStates.BOTH, null, OperationToken.random(), false)));
        }
    }

    @Test
    void shouldBoundExpiredSessionsEvictedWhileClaimed() {
        SessionAddress address = addresses.get(0);
        store.run(store.startOf(address, indexed(), new Lifetimes(0, 1, 0, 2 * System.currentTimeMillis())));
        List<Candidate> entry =
                List.of(Candidate.ofEntry(store.members(bucket.deadlines(false)).get(0)));
        assertThat(store.run(store.expirationScripts.claim(bucket, entry, 0, 1)).claimed())
                .hasSize(1);
        List<Candidate> awaiting = List.of(Candidate.ofKey(address.key().getBytes(StandardCharsets.UTF_8)));
        store.redis.delete(bucket.awaitingDelivery());

        assertThat(store.run(store.expirationScripts.claim(bucket, awaiting, HOUR, 1))
                        .claimed())
                .hasSize(1);
        assertThat(store.ttl(bucket.awaitingDelivery())).isPositive();
    }

    @Test
    void shouldFindThatASessionWithoutEndIsGone() {
        store.run(store.startOf(addresses.get(0), indexed(), NEVER));
        store.run(store.startOf(addresses.get(1), indexed(), AN_HOUR));
        store.redis.delete(store.layout.running(addresses.get(0)));

        rebuild();
        assertThat(store.members(bucket.deadlines(false))).hasSize(1);
        assertThat(bucket.index(false))
                .allSatisfy(key -> assertThat(store.ttl(key)).isBetween(HOUR, DAY + 1000));
        IndexCheck.check(Snapshot.of(store), false);
    }
}
