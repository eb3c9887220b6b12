package io.sessiontracker.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls that ask several buckets at once leave nothing out, and go on where they stopped. */
class ManyBucketsTest {

    private static final Lifetimes DUE_AND_KEPT = new Lifetimes(0, 1, 0, 2 * System.currentTimeMillis());

    private final StoreProbe store = StoreProbe.on(RedisTopology.STANDALONE);

    /** More than is read at once, in one bucket; and older ones in the next, which its entries must not hide. */
    @Test
    void shouldScanPastALargeBucket() {
        List<String> behind = keys(101, 30).toList();
        List<String> full = keys(100, 250).toList();
        behind.forEach(key -> start(key, StoreProbe.AN_HOUR));
        full.forEach(key -> start(key, StoreProbe.AN_HOUR));
        for (int limit : List.of(1, 99, 100, 101, 149, 1000)) {
            assertThat(store.scan(false, limit).stream().map(SessionScan.Item::key))
                    .as("%s at a time", limit)
                    .containsExactlyElementsOf(
                            Stream.concat(full.stream(), behind.stream()).toList());
        }
    }

    @Test
    void shouldScanNoMoreThanItsLimit() {
        keys(100, 250).forEach(key -> start(key, StoreProbe.AN_HOUR));
        keys(102, 250).forEach(key -> start(key, StoreProbe.AN_HOUR));

        assertThat(StoreProbe.join(store.provider.scan(new SessionScan("checkout", false, null, 333)))
                        .sessions())
                .hasSize(333);
    }

    @Test
    void shouldClaimAllByGoingOn() {
        List<String> keys = IntStream.range(0, 400).mapToObj(i -> "due-" + i).toList();
        keys.forEach(key -> start(key, DUE_AND_KEPT));
        Looks looks = new Looks();
        DueBuckets due = new DueBuckets(new MultiSlotCalls(true));
        SessionSweep sweep = SessionSweep.claim("checkout", 7, StoreProbe.HOUR);
        List<String> claimed = new ArrayList<>();
        SessionSweep.Reply reply;
        int sweeps = 0;
        do {
            reply = StoreProbe.join(
                    BucketSweep.run(store.expirationScripts, store.indexScripts, due, looks, 250, sweep));
            assertThat(reply.claimed()).hasSizeLessThanOrEqualTo(7);
            reply.claimed().forEach(expired -> claimed.add(expired.key()));
            sweep = sweep.from(reply.next());
            sweeps++;
        } while (reply.more());

        assertThat(claimed).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(sweeps).isLessThanOrEqualTo(1 + 400 / 7);
        // Each bucket, and with each sweep a few again.
        assertThat(looks.count).isLessThan(256 + 20 * sweeps);
    }

    @Test
    void shouldClaimMoreOfABucketThanItLooksAtAtOnce() {
        int count = 5010;
        keys(100, count).forEach(key -> start(key, DUE_AND_KEPT));

        SessionSweep.Reply reply =
                StoreProbe.join(store.provider.sweep(SessionSweep.claim("checkout", 2 * count, StoreProbe.HOUR)));
        assertThat(reply.claimed()).hasSize(count);
        assertThat(reply.more()).isFalse();
    }

    private void start(String key, Lifetimes lifetimes) {
        StoreReply reply = StoreProbe.join(store.provider.start(
                new SessionAddress("checkout", key),
                List.of(StoreProbe.newId()),
                StoreProbe.data("a"),
                lifetimes,
                OperationToken.random(),
                false));
        assertThat(reply).isInstanceOf(StoreReply.Started.class);
    }

    /** Keys of one bucket, in the order in which they are to be started. */
    private static Stream<String> keys(int bucket, int count) {
        return IntStream.iterate(100_000_000, i -> i + 1)
                .mapToObj(i -> "order-" + i)
                .filter(key -> new SessionAddress("checkout", key).bucket() == bucket)
                .limit(count);
    }

    /** Counts how many buckets are asked what is due there. */
    private static final class Looks implements ScriptRunner {

        private final ScriptRunner runner =
                ScriptRunner.over(RedisTopology.STANDALONE.servers().connectionFactory());
        private int count;

        @Override
        public <R> CompletionStage<R> run(ScriptCall<R> operation) {
            count += operation.script().name().equals("index/due") ? 1 : 0;
            return runner.run(operation);
        }
    }
}
