package io.sessiontracker.redis.script;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import io.sessiontracker.spi.support.Durations;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.redis.script.StoredFormat.sixBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StoredFormatTest {

    private static final long LONGEST = Durations.MAX_MILLIS;

    private static final String[] TEXTS = {"", "a", "ä", "日本", "😀", "a b", "\u0000", "x".repeat(300)};

    /** The header is what the scripts wrote, the rest what Java did; the seed of a failure is its repetition. */
    @RepeatedTest(50)
    void shouldDecodeSessionsStoredByScripts(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        StoreProbe store = StoreProbe.on(RedisTopology.STANDALONE);
        String id = StoreProbe.newId();
        OperationToken started = token(random);
        OperationToken finished = token(random);
        OperationToken resumed = token(random);
        SessionData data = data(random);
        Lifetimes lifetimes =
                new Lifetimes(0, below(random, LONGEST) + LONGEST / 2, below(random, LONGEST), below(random, LONGEST));

        store.run(store.operations.start(store.address, List.of(id), data, StoreProbe.AN_HOUR, started, false));
        store.run(store.operations.finish(store.address, null, StoreProbe.AN_HOUR, finished, false));
        StoreReply reply = store.run(store.operations.resume(store.address, null, lifetimes, resumed, true));

        StoredSession session = ((StoreReply.Done) reply).session();
        assertThat(session.version().id()).isEqualTo(id);
        assertThat(session.version().version()).isEqualTo(1);
        assertThat(session.data().properties()).isEqualTo(data.properties());
        assertThat(session.data().payload()).isEqualTo(data.payload());
        byte[] value = store.value(store.running());
        assertThat(value[0]).isEqualTo((byte) StoredFormat.FORMAT);
        assertThat(sixBytes(value, StoredFormat.STARTED_AT)).isEqualTo(session.startedAt());
        assertThat(sixBytes(value, StoredFormat.ABSOLUTE_AT)).isEqualTo(Math.min(lifetimes.absoluteAt(), LONGEST));
        assertThat(sixBytes(value, StoredFormat.SLIDING)).isEqualTo(lifetimes.sliding());
        assertThat(sixBytes(value, StoredFormat.RETENTION)).isEqualTo(lifetimes.retention());
        assertThat(sixBytes(value, StoredFormat.WRITTEN_BY)).isEqualTo(number(started));
        assertThat(sixBytes(value, StoredFormat.FINISHED_BY)).isEqualTo(number(finished));
        assertThat(sixBytes(value, StoredFormat.RESUMED_BY)).isEqualTo(number(resumed));
    }

    @RepeatedTest(200)
    void shouldDecodeAnyEncodedHeaderAndBody(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] header = new byte[StoredFormat.FIELDS + random.nextInt(2) * random.nextInt(1000)];
        random.nextBytes(header);
        header[0] = StoredFormat.FORMAT;
        setHeaderSize(header, header.length);
        SessionData data = data(random);

        StoredSession session = StoredFormat.decode(join(header, StoredFormat.encodeBody(data)));

        assertThat(ScriptArguments.version(session.version()))
                .isEqualTo(Arrays.copyOfRange(header, StoredFormat.ID, StoredFormat.WRITTEN_BY));
        assertThat(session.startedAt())
                .isEqualTo(sixBytes(header, StoredFormat.STARTED_AT))
                .isNotNegative();
        assertThat(session.data().properties()).isEqualTo(data.properties());
        assertThat(session.data().payload()).isEqualTo(data.payload());
    }

    @Test
    void shouldRefuseAnotherFormatAndTruncatedValues() {
        byte[] value = join(
                new byte[StoredFormat.FIELDS],
                StoredFormat.encodeBody(
                        new SessionData(Map.of("key", "value", "more", "x"), Set.of("more", "none"), new byte[0])));
        value[0] = StoredFormat.FORMAT;
        setHeaderSize(value, StoredFormat.FIELDS);
        assertThat(StoredFormat.decode(value).data().properties()).containsEntry("key", "value");

        for (int length = 0; length < value.length; length++) {
            byte[] cut = Arrays.copyOf(value, length);
            assertThatIllegalArgumentException().isThrownBy(() -> StoredFormat.decode(cut));
        }
        value[0]++;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoredFormat.decode(value))
                .withMessageContaining("unknown format");
    }

    @Test
    void shouldRefuseAHeaderOfWrongSize() {
        byte[] value = join(new byte[StoredFormat.FIELDS], StoredFormat.encodeBody(StoreProbe.data("a")));
        value[0] = StoredFormat.FORMAT;
        for (int size : new int[] {0, StoredFormat.FIELDS - 1, value.length - 5, 0xffff}) {
            setHeaderSize(value, size);
            assertThatIllegalArgumentException().isThrownBy(() -> StoredFormat.decode(value));
        }
    }

    private static void setHeaderSize(byte[] value, int size) {
        ByteBuffer.wrap(value).putShort(StoredFormat.HEADER_SIZE, (short) size);
    }

    private static SessionData data(Random random) {
        Map<String, String> properties = new HashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            properties.put("p" + i + TEXTS[random.nextInt(TEXTS.length)], TEXTS[random.nextInt(TEXTS.length)]);
        }
        byte[] payload = new byte[random.nextInt(2) * random.nextInt(1000)];
        random.nextBytes(payload);
        Set<String> indexed = new HashSet<>(Set.of("p" + random.nextInt(9), TEXTS[random.nextInt(TEXTS.length)]));
        properties.keySet().stream().filter(name -> random.nextBoolean()).forEach(indexed::add);
        return new SessionData(properties, random.nextBoolean() ? indexed : Set.of(), payload);
    }

    private static OperationToken token(Random random) {
        return new OperationToken(below(random, 1L << 40), random.nextInt(256));
    }

    private static long number(OperationToken token) {
        return token.operation() * 256 + token.attempt();
    }

    private static long below(Random random, long bound) {
        return (random.nextLong() >>> 1) % bound;
    }

    private static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
