package io.sessiontracker.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.sessiontracker.redis.script.IndexCheck;
import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.redis.script.Snapshot;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.sessiontracker.redis.script.StoreProbe.AN_HOUR;
import static io.sessiontracker.redis.script.StoreProbe.HOUR;
import static io.sessiontracker.redis.script.StoreProbe.indexed;
import static io.sessiontracker.redis.script.StoreProbe.sameBucket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Index entries of sessions that are gone go as well, by a sweep, a scan or later writes. */
class RedisLeftoversTest {

    private final RedisServers servers = RedisTopology.STANDALONE.servers();
    private final StoreProbe store = StoreProbe.on(servers);

    /** A few of the starts and finishes do it, those whose tokens are of a certain kind. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRemoveOldEntriesWithoutSweeps(boolean finished) {
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
            store.run(store.operations.delete(another, SessionStates.BOTH, null, OperationToken.random(), false));
            return store.members(same.deadlines(finished)).size() == 1;
        });
        assertThat(store.members(same.byStart(finished))).hasSize(1);
        assertThat(store.members(same.properties(finished))).hasSize(1);
    }

    /** Their entries do not show that they are gone. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRemoveTouchedEntriesWithoutSweeps(boolean finished) {
        List<SessionAddress> addresses = sameBucket(13);
        Lifetimes touched = new Lifetimes(0, 0, HOUR, 0);
        startAndPerhapsFinish(addresses.get(12), finished, touched);
        Lifetimes brief = new Lifetimes(0, 0, 1, 0);
        addresses.subList(0, 12).forEach(address -> startAndPerhapsFinish(address, finished, brief));
        SessionAddress another = addresses.get(0);
        Bucket same = store.layout.bucket(another);

        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            StoreProbe.join(store.provider.start(
                    another, List.of(StoreProbe.newId()), indexed(), touched, OperationToken.random(), false));
            if (finished) {
                StoreProbe.join(store.provider.finish(another, null, touched, OperationToken.random(), false));
            }
            store.run(store.operations.delete(another, SessionStates.BOTH, null, OperationToken.random(), false));
            return store.members(same.deadlines(finished)).size() == 1;
        });
        assertThat(store.members(same.byStart(finished))).hasSize(1);
    }

    private void startAndPerhapsFinish(SessionAddress address, boolean finished, Lifetimes lifetimes) {
        store.run(store.startOf(address, indexed(), finished ? AN_HOUR : lifetimes));
        if (finished) {
            store.run(store.operations.finish(address, null, lifetimes, OperationToken.random(), false));
        }
    }

    @Test
    void shouldRemoveStaleEntriesBySweepsWithoutListeners() {
        List<SessionAddress> addresses = sameBucket(2);
        SessionAddress address = addresses.get(0);
        store.run(store.startOf(address, indexed(), new Lifetimes(50, 0, 0, 0)));
        // Without it the index would end with the other.
        store.run(store.startOf(addresses.get(1), indexed(), AN_HOUR));
        Bucket bucket = store.layout.bucket(address);
        await().until(() -> store.value(store.layout.running(address)) == null);

        store.sweep(0, 0);
        assertThat(store.members(bucket.deadlines(false))).hasSize(1);
        assertThat(store.members(bucket.byStart(false))).hasSize(1);
        assertThat(store.members(bucket.properties(false))).hasSize(1);
    }

    /** A later write cannot know that these are gone. */
    @Test
    void shouldRemoveStaleEntriesThatAScanFinds() {
        List<SessionAddress> addresses = sameBucket(10);
        store.run(store.startOf(addresses.get(0), indexed(), new Lifetimes(0, 0, HOUR, 0)));
        addresses
                .subList(1, 10)
                .forEach(address -> store.run(store.startOf(address, indexed(), new Lifetimes(0, 0, 1, 0))));
        long over = servers.timeMillis() + 2;
        await().until(() -> servers.timeMillis() > over);
        Bucket same = store.layout.bucket(addresses.get(0));
        assertThat(store.members(same.byStart(false))).hasSize(10);

        assertThat(store.scan(false, 100)).hasSize(1);
        assertThat(store.members(same.byStart(false))).hasSize(1);
        assertThat(store.members(same.properties(false))).hasSize(1);
        IndexCheck.check(Snapshot.of(store), false);
    }

    /** The index of sessions that live for less than a second is no exception. */
    @Test
    void shouldGiveATtlToTheFirstPropertyOfBriefSessions() {
        List<SessionAddress> addresses = sameBucket(2);
        Bucket bucket = store.layout.bucket(addresses.get(0));
        SessionData plain = new SessionData(Map.of(), new byte[1]);
        store.run(store.startOf(addresses.get(0), plain, new Lifetimes(600, 0, 0, 0)));

        store.run(store.startOf(addresses.get(1), indexed(), new Lifetimes(400, 0, 0, 0)));
        assertThat(store.ttl(bucket.properties(false))).isNotEqualTo(-1);
    }
}
