package io.sessiontracker.redis.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static io.sessiontracker.redis.script.StoreProbe.AN_HOUR;
import static io.sessiontracker.redis.script.StoreProbe.HOUR;
import static io.sessiontracker.redis.script.StoreProbe.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

/** Sessions that are in no index: what their calls touch on a server, and what repairs make of them. */
class UnindexedSessionTest {

    private static final Lifetimes UNINDEXED = new Lifetimes(HOUR, 0, HOUR, 0).withQueryable(false);
    private static final Lifetimes TOUCHED = new Lifetimes(0, 0, HOUR, 0).withQueryable(false);

    private final RedisServer server = RedisServer.launch();
    private final LettuceConnectionFactory connections = server.newConnectionFactory(Duration.ofMinutes(1));
    private final StoreProbe store = new StoreProbe(connections, "n");
    private final KeyLayout.Bucket bucket = store.layout.bucket(store.address);

    @AfterEach
    void stop() {
        connections.destroy();
        server.close();
    }

    @Test
    void shouldTouchNoIndex() throws IOException {
        for (Lifetimes lifetimes : List.of(UNINDEXED, TOUCHED, NEVER.withQueryable(false))) {
            try (ScriptTrace trace = new ScriptTrace(server)) {
                SessionVersion version = start(lifetimes);
                assertThat(keys()).containsExactly("n:{checkout#%d}:r:order-7".formatted(bucket.number()));
                store.run(store.operations.get(store.address, true));
                store.run(store.operations.touch(store.address));
                store.run(store.updateOf(version, "b"));
                store.run(store.operations.update(
                        store.address, version.next(), null, StoreProbe.indexed(), OperationToken.random()));
                finish(lifetimes);
                store.run(store.operations.getFinished(store.address));
                resume(lifetimes);
                finish(lifetimes);
                start(lifetimes);
                finish(lifetimes);
                StoreProbe.join(
                        store.provider.delete(store.address, SessionStates.BOTH, null, OperationToken.random(), false));

                Set<String> kinds = trace.next().stream()
                        .map(access -> access.key().replaceFirst("^.*}:([a-z]+).*", "$1"))
                        .collect(Collectors.toCollection(TreeSet::new));
                assertThat(kinds).containsExactly("d", "f", "r");
            }
            store.redis.delete(store.tombstones());
        }
    }

    @Test
    void shouldNameNoIndexInTheCommonCalls() {
        OperationToken token = OperationToken.random();
        assertThat(List.of(
                        store.operations.start(
                                store.address,
                                List.of(token.newSessionId()),
                                StoreProbe.data("a"),
                                UNINDEXED,
                                token,
                                false),
                        store.operations.finish(store.address, null, UNINDEXED, token, false),
                        store.operations.resume(store.address, null, UNINDEXED, token, false)))
                .allSatisfy(call -> assertThat(
                                List.of(SessionScripts.withoutIndex(call).keys()))
                        .containsExactly(store.running(), store.finished(), store.tombstones()));
    }

    @Test
    void shouldDoNothingWithoutTheKeysOfAnIndexThatItNeeds() {
        store.start(AN_HOUR);
        assertThat(store.run(SessionScripts.withoutIndex(
                        store.operations.finish(store.address, null, UNINDEXED, OperationToken.random(), false))))
                .isEmpty();
        assertThat(store.count(false)).isEqualTo(1);
        assertThat(store.value(store.finished())).isNull();
        finish(UNINDEXED);
        assertThat(store.count(false) + store.count(true)).isZero();
    }

    /** As if a key of an index that an eviction took had come back with what it had. */
    @Test
    void shouldRemoveEntriesOfWhatIsInNoIndex() {
        store.start(AN_HOUR);
        List<byte[]> entries = store.members(bucket.deadlines(false));
        List<byte[]> members = store.members(bucket.byStart(false));
        finish(AN_HOUR);
        resume(UNINDEXED);
        store.redis.opsForZSet().add(bucket.byStart(false), members.get(0), 0);
        store.run(store.indexScripts.rebuildEntries(
                bucket, false, members.stream().map(IndexMember::new).toList()));
        assertThat(keys()).doesNotContain(text(bucket.byStart(false)), text(bucket.deadlines(false)));

        store.redis.opsForZSet().add(bucket.byStart(false), members.get(0), 0);
        store.redis.opsForZSet().add(bucket.deadlines(false), entries.get(0), 0);
        store.run(store.indexScripts.repairIndex(bucket, false, entries));
        assertThat(keys()).doesNotContain(text(bucket.byStart(false)), text(bucket.deadlines(false)));
        assertThat(store.value(store.running())).isNotNull();
    }

    private SessionVersion start(Lifetimes lifetimes) {
        OperationToken token = OperationToken.random();
        StoreReply reply = StoreProbe.join(store.provider.start(
                store.address, List.of(token.newSessionId()), StoreProbe.data("a"), lifetimes, token, false));
        assertThat(reply).isInstanceOf(StoreReply.Started.class);
        return ((StoreReply.Started) reply).version();
    }

    private void finish(Lifetimes lifetimes) {
        assertThat(StoreProbe.join(
                        store.provider.finish(store.address, null, lifetimes, OperationToken.random(), true)))
                .isInstanceOf(StoreReply.Done.class);
    }

    private void resume(Lifetimes lifetimes) {
        assertThat(StoreProbe.join(
                        store.provider.resume(store.address, null, lifetimes, OperationToken.random(), true)))
                .isInstanceOf(StoreReply.Done.class);
    }

    private Set<String> keys() {
        return Snapshot.of(store).keys().keySet();
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }
}
