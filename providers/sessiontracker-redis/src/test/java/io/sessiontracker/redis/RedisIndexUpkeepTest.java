package io.sessiontracker.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.sessiontracker.redis.script.IndexCheck;
import io.sessiontracker.redis.script.IndexMember;
import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.redis.script.Snapshot;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.core.RedisCallback;

import static io.sessiontracker.redis.script.StoreProbe.AN_HOUR;
import static io.sessiontracker.redis.script.StoreProbe.HOUR;
import static io.sessiontracker.redis.script.StoreProbe.NEVER;
import static io.sessiontracker.redis.script.StoreProbe.indexed;
import static io.sessiontracker.redis.script.StoreProbe.sameBucket;
import static org.assertj.core.api.Assertions.assertThat;

/** An index lives as long as its sessions, follows their writers, and costs readers nothing. */
class RedisIndexUpkeepTest {

    private final RedisServers servers = RedisTopology.STANDALONE.servers();
    private final StoreProbe store = StoreProbe.on(servers);
    private final Bucket bucket = store.layout.bucket(store.address);

    /** Only touches keep it alive, so they must keep the index alive as well; and normally need not. */
    @Test
    void shouldKeepTheIndexOfSessionsThatAreOnlyTouched() {
        var started = (StoreReply.Started)
                store.run(store.startOf(store.address, indexed(), new Lifetimes(0, 0, HOUR, HOUR)));
        for (byte[] key : bucket.index(false)) {
            assertThat(store.ttl(key)).isGreaterThan(2 * HOUR);
        }
        OperationToken token = OperationToken.random();
        for (ScriptCall<StoreReply> touch : List.of(
                store.operations.get(store.address, true),
                store.operations.touch(store.address),
                store.operations.update(store.address, started.version(), null, indexed(), OperationToken.random()),
                store.operations.start(store.address, List.of(StoreProbe.newId()), indexed(), AN_HOUR, token, true))) {
            shorten(bucket.index(false));
            store.run(store.operations.get(store.address, false));
            assertThat(store.ttl(bucket.byStart(false))).isLessThanOrEqualTo(HOUR);
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
    void shouldIndexAnUpdatesChanges(int length) {
        String start = "x".repeat(length);
        store.run(store.startOf(store.address, tenant(start + "a"), AN_HOUR));
        for (String value : List.of(start + "b", start + "b", start + "longer")) {
            assertThat(store.run(store.operations.get(store.address, false)))
                    .isInstanceOfSatisfying(
                            StoreReply.Done.class,
                            done -> store.run(store.operations.update(
                                    store.address,
                                    done.session().version(),
                                    null,
                                    tenant(value),
                                    OperationToken.random())));
            check();
            assertThat(store.members(bucket.properties(false)))
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
            StoreProbe fresh = StoreProbe.on(servers);
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
        store.run(store.operations.delete(addresses.get(2), SessionStates.BOTH, null, OperationToken.random(), false));
        assertThat(page(addresses.get(0))).hasSize(1);
    }

    /** As many members as sessions prove nothing: another session may have two. */
    @Test
    void shouldNotUseTheIndexOfOtherProperties() {
        for (String other : List.of("region", "visitor")) {
            StoreProbe fresh = StoreProbe.on(servers);
            List<SessionAddress> addresses = sameBucket(2);
            Map<String, String> properties = Map.of("tenant", "a", other, "b");
            fresh.run(fresh.startOf(
                    addresses.get(0), new SessionData(properties, Set.of("tenant", other), new byte[0]), AN_HOUR));
            assertThat(page(fresh, addresses.get(0))).hasSize(1);
            fresh.run(fresh.startOf(addresses.get(1), new SessionData(properties, new byte[0]), AN_HOUR));
            assertThat(page(fresh, addresses.get(0))).as("beside %s", other).hasSize(2);
        }
    }

    private List<IndexMember> page(SessionAddress address) {
        return page(store, address);
    }

    private static List<IndexMember> page(StoreProbe store, SessionAddress address) {
        return store.run(store.indexScripts.scanBuckets(
                        List.of(store.layout.bucket(address)), false, null, 10, Map.of("tenant", Set.of("a"))))
                .entries()
                .get(0)
                .entries();
    }

    private void shorten(List<byte[]> keys) {
        keys.forEach(key -> store.redis.execute(
                (RedisCallback<Boolean>) connection -> connection.keyCommands().pExpire(key, HOUR - 1000)));
    }

    private void check() {
        IndexCheck.check(Snapshot.of(store), false);
    }
}
