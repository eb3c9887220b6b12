package io.sessiontracker.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.sessiontracker.redis.BucketOperations.Candidate;
import io.sessiontracker.redis.BucketOperations.Due;
import io.sessiontracker.redis.BucketOperations.SweptPart;
import io.sessiontracker.redis.KeyLayout.Bucket;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCopies;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.core.RedisCallback;

import static io.sessiontracker.redis.Store.AN_HOUR;
import static io.sessiontracker.redis.Store.HOUR;
import static io.sessiontracker.redis.Store.NEVER;
import static io.sessiontracker.redis.Store.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What happens between a sweep's steps, between processes, and where nobody sweeps. */
class RedisExpiryTest {

    private final RedisServers servers = RedisTopology.STANDALONE.servers();
    private final Store store = Store.on(servers);
    private final Bucket bucket = store.layout.bucket(store.address);

    @Test
    void shouldNotClaimWhatWasFoundDueAndIsAnotherByNow() {
        store.start(due());
        List<byte[]> found = found();
        SessionVersion current = store.start(AN_HOUR);

        assertThat(claim(found)).as("the old one is on the shelf").isEmpty();
        assertThat(store.run(store.operations.get(store.address, false)))
                .isInstanceOfSatisfying(
                        StoreReply.Done.class,
                        done -> assertThat(done.session().version()).isEqualTo(current));
        assertThat(store.sweep(10, 0).claimed()).hasSize(1);
        check();
    }

    @Test
    void shouldNotClaimWhatWasRefreshedBetween() {
        store.start(new Lifetimes(0, 0, HOUR, HOUR));
        byte[] entry = zset(bucket.deadlines(false)).get(0);
        assertThat(claim(List.of(entry))).isEmpty();
        assertThat(store.run(store.operations.get(store.address, false))).isInstanceOf(StoreReply.Done.class);
        check();
    }

    @Test
    void shouldClaimOnceWhatTwoFoundDue() {
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
        assertThat(store.value(store.running())).as("it is on the shelf").isNull();
        check();
    }

    @Test
    void shouldShareTheWork() {
        List<SessionAddress> addresses = addresses(40);
        addresses.forEach(address -> store.run(store.startOf(address, data("a"), due())));
        List<SessionSweep.Expired> claimed = new ArrayList<>();
        SessionSweep.Reply reply;
        do {
            reply = store.sweep(7, HOUR);
            claimed.addAll(reply.claimed());
        } while (reply.more());
        assertThat(claimed).extracting(SessionSweep.Expired::key).hasSize(40).doesNotHaveDuplicates();

        store.run(store.startOf(store.address, data("a"), due()));
        assertThat(store.sweep(7, HOUR).claimed())
                .as("all was swept within the hour")
                .isEmpty();
        assertThat(store.sweep(7, 0).claimed()).as("whoever swept").hasSize(1);
        assertThat(store.ttl(store.layout.sweptParts("checkout"))).isBetween(1L, 13 * HOUR);
    }

    /** Also while nobody has said that it is done. */
    @Test
    void shouldHandOutEachPartOnce() {
        List<Integer> taken = new ArrayList<>();
        for (int process = 0; process < 5; process++) {
            taken.addAll(store.run(store.bucketOperations.share("checkout", HOUR, 4, 16, List.of())));
        }
        assertThat(taken).hasSize(16).doesNotHaveDuplicates();
        List<SweptPart> givenBack = List.of(new SweptPart(3, 0), new SweptPart(4, 1));
        assertThat(store.run(store.bucketOperations.share("checkout", HOUR, 4, 16, givenBack)))
                .containsExactly(3);
    }

    @Test
    void shouldLookAgainWhenSomethingFallsDue() {
        store.run(store.startOf(store.address, data("a"), new Lifetimes(HOUR / 2, 0, 0, HOUR)));
        store.sweep(10, 1000);
        long now = servers.timeMillis();
        Map<String, String> parts =
                Snapshot.of(store).keys().get(store.namespace + ":{checkout}:w").pairs();
        assertThat(parts).hasSize(16);
        assertThat(parts.values())
                .as("at most six times the share, as the next is far away")
                .allSatisfy(score -> assertThat(Long.parseLong(score)).isBetween(now - 60_000 + 6000, now + 6000));
    }

    /** A few of the starts and finishes do it, those whose tokens are of a certain kind. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRemoveOldEntriesWhereNobodySweeps(boolean finished) {
        List<SessionAddress> addresses = sameBucket(13);
        // Without it the index would end with the twelve.
        startAndPerhapsFinish(addresses.get(12), finished, AN_HOUR);
        Lifetimes brief = new Lifetimes(1, 0, 0, 0);
        addresses.subList(0, 12).forEach(address -> startAndPerhapsFinish(address, finished, brief));
        long over = servers.timeMillis() + 2;
        await().until(() -> servers.timeMillis() > over);
        Bucket same = store.layout.bucket(addresses.get(0));
        SessionAddress another = addresses.get(0);

        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            startAndPerhapsFinish(another, finished, AN_HOUR);
            IndexCheck.check(Snapshot.of(store), false);
            store.run(store.operations.delete(another, SessionCopies.BOTH, null, OperationToken.random(), false));
            return zset(same.deadlines(finished)).size() == 1;
        });
        assertThat(zset(same.walk(finished))).hasSize(1);
        assertThat(zset(same.properties(finished))).hasSize(1);
    }

    private void startAndPerhapsFinish(SessionAddress address, boolean finished, Lifetimes lifetimes) {
        store.run(store.startOf(address, indexed(), finished ? AN_HOUR : lifetimes));
        if (finished) {
            store.run(store.operations.finish(address, null, lifetimes, OperationToken.random(), false));
        }
    }

    @Test
    void shouldRemoveWithTheNextSweepWhatIsGoneAlsoWhereNobodyListens() {
        List<SessionAddress> addresses = sameBucket(2);
        SessionAddress address = addresses.get(0);
        store.run(store.startOf(address, indexed(), new Lifetimes(50, 0, 0, 0)));
        // Without it the index would end with the other.
        store.run(store.startOf(addresses.get(1), indexed(), AN_HOUR));
        Bucket bucket = store.layout.bucket(address);
        await().until(() -> store.value(store.layout.running(address)) == null);

        store.sweep(0, 0);
        assertThat(zset(bucket.deadlines(false))).hasSize(1);
        assertThat(zset(bucket.walk(false))).hasSize(1);
        assertThat(zset(bucket.properties(false))).hasSize(1);
    }

    /** Nothing tells a later write that these are gone. */
    @Test
    void shouldRemoveWhatAWalkMeetsOfSessionsThatAreGone() {
        List<SessionAddress> addresses = sameBucket(10);
        store.run(store.startOf(addresses.get(0), indexed(), new Lifetimes(0, 0, HOUR, 0)));
        addresses
                .subList(1, 10)
                .forEach(address -> store.run(store.startOf(address, indexed(), new Lifetimes(0, 0, 1, 0))));
        long over = servers.timeMillis() + 2;
        await().until(() -> servers.timeMillis() > over);
        Bucket same = store.layout.bucket(addresses.get(0));
        assertThat(zset(same.walk(false))).hasSize(10);

        assertThat(store.walk(false, 100)).hasSize(1);
        assertThat(zset(same.walk(false))).hasSize(1);
        assertThat(zset(same.properties(false))).hasSize(1);
        IndexCheck.check(Snapshot.of(store), false);
    }

    /** Only touches keep it alive, so they must keep the index alive as well; and normally need not. */
    @Test
    void shouldKeepTheIndexOfWhatIsOnlyTouched() {
        var started = (StoreReply.Started)
                store.run(store.startOf(store.address, indexed(), new Lifetimes(0, 0, HOUR, HOUR)));
        for (byte[] key : bucket.index(false)) {
            assertThat(store.ttl(key)).isGreaterThan(2 * HOUR);
        }
        OperationToken token = OperationToken.random();
        for (RedisOperation<StoreReply> touch : List.of(
                store.operations.get(store.address, true),
                store.operations.touch(store.address),
                store.operations.update(store.address, started.version(), indexed(), OperationToken.random()),
                store.operations.start(store.address, List.of(Store.newId()), indexed(), AN_HOUR, token, true))) {
            shorten(bucket.index(false));
            store.run(store.operations.get(store.address, false));
            assertThat(store.ttl(bucket.walk(false))).isLessThanOrEqualTo(HOUR);
            store.run(touch);
            for (byte[] key : bucket.index(false)) {
                assertThat(store.ttl(key)).isGreaterThan(2 * HOUR);
            }
        }
        store.run(store.finishOf(null, new Lifetimes(0, 0, HOUR, 0), false));
        shorten(bucket.index(true));
        store.run(store.operations.getFinished(store.address));
        for (byte[] key : bucket.index(true)) {
            assertThat(store.ttl(key)).isGreaterThan(HOUR);
        }
    }

    /** Also where they are as long as before, or longer than what is read of a session at first. */
    @ParameterizedTest
    @ValueSource(ints = {0, 100, 500})
    void shouldIndexWhatAnUpdateChanges(int length) {
        String start = "x".repeat(length);
        store.run(store.startOf(store.address, tenant(start + "a"), AN_HOUR));
        for (String value : List.of(start + "b", start + "b", start + "longer")) {
            assertThat(store.run(store.operations.get(store.address, false)))
                    .isInstanceOfSatisfying(
                            StoreReply.Done.class,
                            done -> store.run(store.operations.update(
                                    store.address, done.session().version(), tenant(value), OperationToken.random())));
            check();
            assertThat(zset(bucket.properties(false)))
                    .singleElement()
                    .satisfies(member -> assertThat(new String(member, StandardCharsets.UTF_8))
                            .contains(value));
        }
    }

    private static SessionData tenant(String value) {
        return new SessionData(Map.of("tenant", value), Set.of("tenant"), new byte[0]);
    }

    @Test
    void shouldNotWriteTheIndexToRead() {
        for (Lifetimes lifetimes :
                List.of(AN_HOUR, NEVER, new Lifetimes(0, 0, HOUR, 0), new Lifetimes(2 * HOUR, 0, HOUR, HOUR))) {
            Store fresh = Store.on(servers);
            fresh.run(fresh.startOf(fresh.address, indexed(), lifetimes));
            Snapshot before = Snapshot.of(fresh);
            fresh.run(fresh.operations.get(fresh.address, true));
            fresh.run(fresh.operations.touch(fresh.address));
            fresh.run(fresh.operations.get(fresh.address, false));
            Snapshot after = Snapshot.of(fresh);

            assertThat(after.keys().keySet()).isEqualTo(before.keys().keySet());
            before.keys().forEach((key, stored) -> {
                assertThat(after.keys().get(key).content()).isEqualTo(stored.content());
                if (!key.contains("}:r:")) {
                    assertThat(after.keys().get(key).ttl()).isLessThanOrEqualTo(stored.ttl());
                }
            });
        }
    }

    /** An index whose property not all sessions have an entry for is not used; one for which they have is. */
    @Test
    void shouldUseTheIndexOnceItIsComplete() {
        List<SessionAddress> addresses = sameBucket(3);
        store.run(store.startOf(addresses.get(0), indexed(), AN_HOUR));
        store.run(store.startOf(
                addresses.get(1), new SessionData(Map.of("tenant", "b"), Set.of("tenant"), new byte[0]), AN_HOUR));
        assertThat(page(addresses.get(0))).hasSize(1);
        store.run(store.startOf(addresses.get(2), new SessionData(Map.of("tenant", "a"), new byte[0]), AN_HOUR));
        assertThat(page(addresses.get(0))).hasSize(3);
        store.run(store.operations.delete(addresses.get(2), SessionCopies.BOTH, null, OperationToken.random(), false));
        assertThat(page(addresses.get(0))).hasSize(1);
    }

    private List<Place> page(SessionAddress address) {
        var clause = new SessionScan.Clause("tenant", Set.of("a"));
        return store.run(store.bucketOperations.page(store.layout.bucket(address), false, null, 10, List.of(clause)))
                .places();
    }

    private static SessionData indexed() {
        return new SessionData(Map.of("tenant", "a"), Set.of("tenant"), new byte[0]);
    }

    private Lifetimes due() {
        return new Lifetimes(0, servers.timeMillis() - 1000, 0, HOUR);
    }

    /** What a sweep's first step finds. */
    private List<byte[]> found() {
        Due due = store.run(store.bucketOperations.due(bucket, List.of(bucket.deadlines(false)), 10))
                .get(0);
        assertThat(due.members()).isNotEmpty();
        return due.members();
    }

    private List<SessionSweep.Expired> claim(List<byte[]> entries) {
        List<Candidate> candidates = entries.stream().map(Candidate::ofEntry).toList();
        return store.run(store.bucketOperations.claim(bucket, candidates, HOUR, 10));
    }

    private void check() {
        IndexCheck.check(Snapshot.of(store), false);
    }

    private void shorten(List<byte[]> keys) {
        keys.forEach(key -> store.redis.execute(
                (RedisCallback<Boolean>) connection -> connection.keyCommands().pExpire(key, HOUR - 1000)));
    }

    private List<byte[]> zset(byte[] key) {
        Set<byte[]> members = store.redis.opsForZSet().range(key, 0, -1);
        return members == null ? List.of() : List.copyOf(members);
    }

    private static List<SessionAddress> addresses(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new SessionAddress("checkout", "key-" + i))
                .toList();
    }

    private static List<SessionAddress> sameBucket(int count) {
        return addresses(10_000).stream()
                .filter(address -> address.bucket() == 7)
                .limit(count)
                .toList();
    }
}
