package io.sessiontracker.redis.script;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.RedisStringCommands.SetOption;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.types.Expiration;

import static io.sessiontracker.redis.script.StoreProbe.AN_HOUR;
import static io.sessiontracker.redis.script.StoreProbe.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

/** This build beside a later one, which writes a tagged field into the header that this one does not know. */
class LaterFieldsTest {

    private static final Lifetimes SLIDING = new Lifetimes(2 * HOUR, 0, HOUR, HOUR);

    private final StoreProbe store = StoreProbe.on(RedisTopology.STANDALONE);
    private byte[] field = {};

    /** Also where the header has more than 255 bytes, and more than a script reads of a session at first. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 200, 400, 60_000})
    void shouldKeepAnUnknownFieldThroughEveryOperation(int size) {
        OperationToken startToken = OperationToken.random();
        String id = startToken.newSessionId();
        List<ScriptCall<StoreReply>> replays = new ArrayList<>();
        replays.add(start(id, startToken));
        assertDone(replays.get(0));
        field = addField(store.running(), size);
        SessionVersion version = new SessionVersion(id, 1);

        assertKept(start(id, startToken), store.running(), version);
        assertKept(start(id, startToken.next()), store.running(), version);
        assertKept(store.operations.get(store.address, true), store.running(), version);
        assertKept(store.operations.get(store.address, false), store.running(), version);
        assertKept(store.operations.touch(store.address), store.running(), version);
        for (String tenant : List.of("a", "a", "b", "b")) {
            replays.add(store.operations.update(store.address, version, null, data(tenant), OperationToken.random()));
            version = version.next();
            assertKept(replays.get(replays.size() - 1), store.running(), version);
            assertKept(replays.get(replays.size() - 1), store.running(), version);
        }
        assertThat(countByTenant(false, "b")).isEqualTo(1);
        for (int i = 0; i < 2; i++) {
            replays.add(store.finishOf(version, AN_HOUR, true));
            assertKept(replays.get(replays.size() - 1), store.finished(), version);
            assertKept(store.operations.getFinished(store.address), store.finished(), version);
            assertThat(countByTenant(true, "b")).isEqualTo(1);
            replays.add(store.resumeOf(version, SLIDING, true));
            assertKept(replays.get(replays.size() - 1), store.running(), version);
            assertThat(countByTenant(false, "b")).isEqualTo(1);
        }
        replays.add(store.deleteOf(version));
        assertDone(replays.get(replays.size() - 1));

        // Another one, without the field, leaves records of another size beside these.
        store.start(AN_HOUR);
        assertDone(store.finishOf(null, AN_HOUR, false));
        assertDone(store.deleteOf(null));
        assertThat(countByTenant(false, "b") + countByTenant(true, "b")).isZero();
        assertThat(contains(store.value(store.tombstones()), field)).isTrue();
        replays.subList(4, replays.size()).forEach(this::assertDone);
        assertThat(store.value(store.running())).isNull();
        assertThat(store.value(store.finished())).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 400})
    void shouldKeepAnUnknownFieldOfAnExpiredSession(int size) {
        Lifetimes passed = new Lifetimes(0, System.currentTimeMillis() - 1000, 0, HOUR);
        store.run(store.operations.start(
                store.address, List.of(StoreProbe.newId()), data("a"), passed, OperationToken.random(), false));
        field = addField(store.running(), size);

        SessionSweep.Reply swept = store.sweep(10, 1);
        assertThat(swept.claimed()).hasSize(1);
        assertThat(swept.claimed().get(0).session().data().properties()).isEqualTo(Map.of("tenant", "a"));
        byte[] awaiting = store.layout.bucket(store.address).expiredSessions(store.address.key());
        assertThat(store.redis.opsForHash().values(awaiting))
                .singleElement()
                .matches(kept -> contains((byte[]) kept, field));
        assertThat(store.count(false)).isZero();
    }

    private ScriptCall<StoreReply> start(String id, OperationToken token) {
        return store.operations.start(store.address, List.of(id), data("a"), SLIDING, token, false);
    }

    private static SessionData data(String tenant) {
        return new SessionData(Map.of("tenant", tenant), Set.of("tenant"), new byte[500]);
    }

    /** As a later release would store it: a tag, the size, the value. */
    private byte[] addField(byte[] key, int size) {
        byte[] value = store.value(key);
        byte[] added = new byte[3 + size];
        Arrays.fill(added, (byte) 77);
        ByteBuffer.wrap(added).put((byte) 200).putShort((short) size);
        ByteBuffer changed = ByteBuffer.allocate(value.length + added.length)
                .put(value, 0, StoredFormat.FIELDS)
                .put(added)
                .put(value, StoredFormat.FIELDS, value.length - StoredFormat.FIELDS)
                .putShort(StoredFormat.HEADER_SIZE, (short) (StoredFormat.FIELDS + added.length));
        store.redis.execute((RedisCallback<Object>) connection ->
                connection.stringCommands().set(key, changed.array(), Expiration.keepTtl(), SetOption.upsert()));
        return added;
    }

    private void assertKept(ScriptCall<StoreReply> operation, byte[] key, SessionVersion version) {
        assertDone(operation);
        byte[] value = store.value(key);
        assertThat(Arrays.copyOfRange(value, StoredFormat.FIELDS, StoredFormat.FIELDS + field.length))
                .isEqualTo(field);
        assertThat(StoredFormat.decode(value).version()).isEqualTo(version);
        assertThat(StoredFormat.decode(value).data().payload()).hasSize(500);
    }

    private void assertDone(ScriptCall<StoreReply> operation) {
        assertThat(store.run(operation)).isInstanceOfAny(StoreReply.Done.class, StoreReply.Started.class);
    }

    private int countByTenant(boolean finished, String tenant) {
        return store.find(finished, 10, "tenant", tenant).size();
    }

    private static boolean contains(byte[] all, byte[] part) {
        return IntStream.rangeClosed(0, all.length - part.length)
                .anyMatch(i -> Arrays.equals(all, i, i + part.length, part, 0, part.length));
    }
}
