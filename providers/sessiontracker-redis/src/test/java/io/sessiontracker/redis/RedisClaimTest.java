package io.sessiontracker.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.sessiontracker.redis.script.ClaimScripts.Candidate;
import io.sessiontracker.redis.script.ExpirationScripts;
import io.sessiontracker.redis.script.ExpirationScripts.SweptPartition;
import io.sessiontracker.redis.script.IndexCheck;
import io.sessiontracker.redis.script.IndexScripts.Due;
import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.redis.script.Snapshot;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.redis.script.StoreProbe.AN_HOUR;
import static io.sessiontracker.redis.script.StoreProbe.HOUR;
import static io.sessiontracker.redis.script.StoreProbe.addresses;
import static io.sessiontracker.redis.script.StoreProbe.data;
import static io.sessiontracker.redis.script.StoreProbe.sameBucket;
import static org.assertj.core.api.Assertions.assertThat;

/** What happens between a sweep's steps, and between the processes that share it. */
class RedisClaimTest {

    private final RedisServers servers = RedisTopology.STANDALONE.servers();
    private final StoreProbe store = StoreProbe.on(servers);
    private final Bucket bucket = store.layout.bucket(store.address);

    @Test
    void shouldNotClaimADueEntryOfALaterSession() {
        store.start(due());
        List<byte[]> found = found();
        SessionVersion current = store.start(AN_HOUR);

        assertThat(claim(found)).as("the old session awaits delivery").isEmpty();
        assertThat(store.run(store.operations.get(store.address, false)))
                .isInstanceOfSatisfying(
                        StoreReply.Done.class,
                        done -> assertThat(done.session().version()).isEqualTo(current));
        assertThat(store.sweep(10, 0).claimed()).hasSize(1);
        check();
    }

    @Test
    void shouldNotClaimASessionRefreshedMeanwhile() {
        store.start(new Lifetimes(0, 0, HOUR, HOUR));
        byte[] entry = store.members(bucket.deadlines(false)).get(0);
        assertThat(claim(List.of(entry))).isEmpty();
        assertThat(store.run(store.operations.get(store.address, false))).isInstanceOf(StoreReply.Done.class);
        check();
    }

    @Test
    void shouldClaimOnceAnEntryThatTwoFoundDue() {
        store.start(due());
        List<byte[]> found = found();

        assertThat(claim(found)).hasSize(1);
        assertThat(claim(found)).isEmpty();
        check();
    }

    /** It dies after the first step, or after the second. */
    @Test
    void shouldLeaveItToOthersWhenAProcessDies() {
        SessionVersion version = store.start(due());
        found();
        assertThat(store.sweep(10, 0).claimed())
                .singleElement()
                .satisfies(expired -> assertThat(expired.session().version()).isEqualTo(version));
        assertThat(store.value(store.running())).as("it awaits delivery").isNull();
        check();
    }

    /** A later version stored it and delivers it. A failure would lose all sessions claimed with it. */
    @Test
    void shouldClaimTheOthersBesideAnUnreadableSession() {
        Lifetimes due = due();
        List<SessionAddress> addresses = sameBucket(3);
        addresses.forEach(address -> store.run(store.startOf(address, data("a"), due)));
        store.sweep(1, 0);
        SessionAddress foreign = setAside(addresses);
        byte[] awaiting = store.layout.bucket(foreign).expiredSessions(foreign.key());
        store.redis.<byte[], byte[]>opsForHash().entries(awaiting).forEach((id, kept) -> {
            Arrays.fill(kept, 6, 12, (byte) 0); // its claim is over
            kept[20]++;
            store.redis.opsForHash().put(awaiting, id, kept);
        });
        byte[] undelivered = store.layout.bucket(foreign).awaitingDelivery();
        store.redis.opsForZSet().add(undelivered, foreign.key().getBytes(StandardCharsets.UTF_8), 0);

        List<byte[]> kept = store.redis.<byte[], byte[]>opsForHash().values(awaiting);

        assertThat(store.sweep(10, 0).claimed()).hasSize(2);
        assertThat(store.sweep(10, 0).claimed()).isEmpty();
        assertThat(store.redis.<byte[], byte[]>opsForHash().values(awaiting))
                .as("with as many attempts as before")
                .hasSize(1)
                .usingElementComparator(Arrays::compare)
                .isEqualTo(kept);
    }

    private SessionAddress setAside(List<SessionAddress> addresses) {
        return addresses.stream()
                .filter(address -> store.value(store.layout.running(address)) == null)
                .findFirst()
                .orElseThrow();
    }

    /** What is swept for a repair is no other's to leave out. */
    @Test
    void shouldClaimAlsoBucketsThatOthersSwept() {
        List<SessionAddress> addresses = addresses(40);
        addresses.forEach(address -> store.run(store.startOf(address, data("a"), due())));
        while (store.sweep(0, HOUR).more()) {
            assertThat(store.ttl(store.layout.partitions("checkout"))).isBetween(1L, 13 * HOUR);
        }
        List<SessionSweep.Claimed> claimed = new ArrayList<>();
        SessionSweep.Reply reply;
        do {
            reply = store.sweep(7, HOUR);
            claimed.addAll(reply.claimed());
        } while (reply.more());
        assertThat(claimed).extracting(SessionSweep.Claimed::key).hasSize(40).doesNotHaveDuplicates();

        store.run(store.startOf(store.address, data("a"), due()));
        assertThat(store.sweep(7, HOUR).claimed()).as("at once").hasSize(1);
    }

    /** Also while its delivery is not acknowledged. */
    @Test
    void shouldHandOutEachPartOnce() {
        List<Integer> taken = new ArrayList<>();
        for (int process = 0; process < 5; process++) {
            taken.addAll(store.run(store.expirationScripts.claimPartitions("checkout", HOUR, 4, 16, List.of())));
        }
        assertThat(taken).hasSize(16).doesNotHaveDuplicates();
        List<SweptPartition> givenBack = List.of(new SweptPartition(3, 0), new SweptPartition(4, 1));
        assertThat(store.run(store.expirationScripts.claimPartitions("checkout", HOUR, 4, 16, givenBack)))
                .containsExactly(3);

        ExpirationScripts others = StoreProbe.on(RedisTopology.STANDALONE).expirationScripts;
        assertThat(store.run(others.claimPartitions("checkout", HOUR, 16, 16, List.of())))
                .as("of another namespace")
                .hasSize(16);
    }

    @Test
    void shouldLookAgainWhenSomethingFallsDue() {
        store.run(store.startOf(store.address, data("a"), new Lifetimes(HOUR / 2, 0, 0, HOUR)));
        while (store.sweep(0, 1000).more()) {
            assertThat(store.count(false)).isOne();
        }
        long now = servers.timeMillis();
        Map<String, String> parts =
                Snapshot.of(store).keys().get(store.namespace + ":{checkout}:w").pairs();
        assertThat(parts).hasSize(16);
        assertThat(parts.values())
                .as("at most six times the share, as the next is far away")
                .allSatisfy(score -> assertThat(Long.parseLong(score)).isBetween(now - 60_000 + 6000, now + 6000));
    }

    private Lifetimes due() {
        return new Lifetimes(0, servers.timeMillis() - 1000, 0, HOUR);
    }

    /** What a sweep's first step finds. */
    private List<byte[]> found() {
        Due due = store.run(store.indexScripts.due(bucket, List.of(bucket.deadlines(false)), 10))
                .get(0);
        assertThat(due.members()).isNotEmpty();
        return due.members();
    }

    private List<SessionSweep.Claimed> claim(List<byte[]> entries) {
        List<Candidate> candidates = entries.stream().map(Candidate::ofEntry).toList();
        return store.run(store.expirationScripts.claim(bucket, candidates, HOUR, 10))
                .claimed();
    }

    private void check() {
        IndexCheck.check(Snapshot.of(store), false);
    }
}
