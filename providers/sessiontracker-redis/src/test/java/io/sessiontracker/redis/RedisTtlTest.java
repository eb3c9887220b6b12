package io.sessiontracker.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.sessiontracker.redis.script.KeyLayout;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.ReminderChange;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.sessiontracker.redis.script.StoreProbe.AN_HOUR;
import static io.sessiontracker.redis.script.StoreProbe.HOUR;
import static io.sessiontracker.redis.script.StoreProbe.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

/** Keys that are no longer read expire by themselves, and no others do. */
class RedisTtlTest {

    private static final long NO_TTL = -1;
    private static final long NO_KEY = -2;

    private final RedisServers servers = RedisTopology.STANDALONE.servers();
    private final StoreProbe store = StoreProbe.on(servers);

    @ParameterizedTest
    @EnumSource
    void shouldGiveATtlToAllThatIsStoredUnlessItNeverExpires(RedisTopology topology) {
        StoreProbe mortal = StoreProbe.on(topology);
        SessionVersion version = mortal.start(new Lifetimes(0, 0, HOUR, HOUR));
        assertTtlWithin(mortal, mortal.running(), HOUR, 2 * HOUR);
        mortal.run(mortal.updateOf(version, "b"));
        assertTtlWithin(mortal, mortal.running(), HOUR, 2 * HOUR);
        mortal.run(mortal.operations.get(mortal.address, true));
        assertTtlWithin(mortal, mortal.running(), HOUR, 2 * HOUR);
        mortal.run(mortal.finishOf(null, AN_HOUR, false));
        assertTtlWithin(mortal, mortal.finished(), 0, HOUR);
        mortal.run(mortal.deleteOf(null));
        assertThat(mortal.ttl(mortal.finished())).isEqualTo(NO_KEY);
        assertTtlWithin(mortal, mortal.tombstones(), 0, 60_000);
    }

    @ParameterizedTest
    @EnumSource
    void shouldReplaceTheTtlWhenItMoves(RedisTopology topology) {
        StoreProbe moved = StoreProbe.on(topology);
        moved.start(NEVER);
        assertThat(moved.ttl(moved.running())).isEqualTo(NO_TTL);
        moved.run(moved.finishOf(null, AN_HOUR, false));
        assertThat(moved.ttl(moved.running())).isEqualTo(NO_KEY);
        assertTtlWithin(moved, moved.finished(), 0, HOUR);
        moved.run(moved.resumeOf(null, NEVER, true));
        assertThat(moved.ttl(moved.finished())).isEqualTo(NO_KEY);
        assertThat(moved.ttl(moved.running())).isEqualTo(NO_TTL);
        moved.run(moved.finishOf(null, NEVER, true));
        assertThat(moved.ttl(moved.finished())).isEqualTo(NO_TTL);
        moved.run(moved.resumeOf(null, new Lifetimes(0, 0, HOUR, 0), false));
        assertTtlWithin(moved, moved.running(), 0, HOUR);
    }

    @Test
    void shouldReplaceTheTtlOfTheFinishedSessionItReplaces() {
        store.start(NEVER);
        store.run(store.finishOf(null, AN_HOUR, false));
        store.start(NEVER);
        store.run(store.finishOf(null, NEVER, false));
        assertThat(store.ttl(store.finished())).isEqualTo(NO_TTL);
        store.start(NEVER);
        store.run(store.finishOf(null, AN_HOUR, false));
        assertTtlWithin(store, store.finished(), 0, HOUR);
    }

    @Test
    void shouldExpireExactlyAtDeadlineAndRetention() {
        long deadline = servers.timeMillis() + HOUR;
        SessionVersion version = store.start(new Lifetimes(0, deadline, 0, 5000));
        assertExpiry(deadline + 5000);
        store.run(store.updateOf(version, "b"));
        store.run(store.operations.touch(store.address));
        assertExpiry(deadline + 5000);
        store.run(store.finishOf(null, NEVER, false));
        store.run(store.resumeOf(null, new Lifetimes(0, deadline + 1, 2 * HOUR, 5000), false));
        store.run(store.operations.touch(store.address));
        assertExpiry(deadline + 5001);
        store.run(store.updateOf(version.next(), "c"));
        assertExpiry(deadline + 5001);
    }

    @Test
    void shouldPeekWithoutTouching() {
        store.start(new Lifetimes(0, 0, HOUR, 0));
        store.redis.expire(store.running(), Duration.ofMinutes(1));
        store.run(store.operations.get(store.address, false));
        store.run(store.startOf(AN_HOUR));
        assertTtlWithin(store, store.running(), 0, 60_000);
        store.run(store.operations.get(store.address, true));
        assertTtlWithin(store, store.running(), 60_000, HOUR);
    }

    @Test
    void shouldNotWriteTheValueToTouch() {
        store.start(new Lifetimes(0, 0, HOUR, 0));
        byte[] before = store.value(store.running());
        store.run(store.operations.get(store.address, true));
        store.run(store.operations.touch(store.address));
        assertThat(store.value(store.running())).isEqualTo(before);
    }

    @Test
    void shouldKeepAReminderForAWeekAfterItIsDue() {
        long week = Duration.ofDays(7).toMillis();
        OperationToken token = OperationToken.random();
        SessionData data = new SessionData(Map.of(), Set.of(), List.of(ReminderChange.after("pay", HOUR)), new byte[0]);
        store.run(store.operations.start(store.address, List.of(token.newSessionId()), data, NEVER, token, false));

        KeyLayout.Bucket bucket = store.layout.bucket(store.address);
        for (byte[] key : List.of(bucket.reminders(store.address.key()), bucket.reminderTimes())) {
            assertTtlWithin(store, key, week, week + HOUR);
        }
    }

    @Test
    void shouldKeepAnExpiredSessionForItsRetention() {
        SessionVersion due = store.start(new Lifetimes(0, servers.timeMillis() - 1000, 0, HOUR));
        byte[] kept = store.value(store.running());
        assertThat(kept).isNotNull();
        assertTtlWithin(store, store.running(), 0, HOUR - 1000);

        List<ScriptCall<StoreReply>> refused = List.of(
                store.operations.get(store.address, true),
                store.operations.get(store.address, false),
                store.operations.touch(store.address),
                store.operations.getFinished(store.address),
                store.updateOf(due, "b"),
                store.finishOf(null, AN_HOUR, true),
                store.finishOf(due, AN_HOUR, false),
                store.resumeOf(null, AN_HOUR, true),
                store.deleteOf(null),
                store.deleteOf(due));
        assertThat(refused)
                .allSatisfy(operation -> assertThat(store.run(operation)).isEqualTo(new StoreReply.NotFound()));
        assertThat(store.value(store.running())).isEqualTo(kept);

        SessionVersion next = store.start(AN_HOUR);
        assertThat(next.id()).isNotEqualTo(due.id());
        assertTtlWithin(store, store.running(), 0, HOUR);
    }

    @Test
    void shouldLeaveAResumedSessionsTtlToItWhenItsStartIsSentAgain() {
        ScriptCall<StoreReply> start = store.startOf(AN_HOUR);
        StoreReply started = store.run(start);
        store.run(store.finishOf(null, AN_HOUR, false));
        store.run(store.resumeOf(null, NEVER, false));

        assertThat(store.run(start))
                .usingRecursiveComparison()
                .ignoringFields("expiresAt")
                .isEqualTo(started);
        assertThat(store.ttl(store.running())).isEqualTo(NO_TTL);
    }

    @Test
    void shouldResumeOverADueSession() {
        store.start(AN_HOUR);
        store.run(store.finishOf(null, AN_HOUR, false));
        store.start(new Lifetimes(0, servers.timeMillis() - 1000, 0, HOUR));

        assertThat(store.run(store.resumeOf(null, AN_HOUR, false)))
                .matches(reply -> reply instanceof StoreReply.Done done && done.session() == null);
        assertTtlWithin(store, store.running(), 0, HOUR);
    }

    @Test
    void shouldStoreNothingThatIsDueAtOnce() {
        store.start(new Lifetimes(0, servers.timeMillis() - 1000, 0, 0));
        assertThat(store.ttl(store.running())).isEqualTo(NO_KEY);
        store.start(NEVER);
        assertThat(store.run(store.finishOf(null, new Lifetimes(0, 1, 0, 0), true)))
                .isInstanceOfSatisfying(
                        StoreReply.Done.class,
                        done -> assertThat(done.session()).isNotNull());
        assertThat(store.ttl(store.running())).isEqualTo(NO_KEY);
        assertThat(store.ttl(store.finished())).isEqualTo(NO_KEY);
    }

    private static void assertTtlWithin(StoreProbe store, byte[] key, long moreThan, long atMost) {
        assertThat(store.ttl(key)).isGreaterThan(moreThan).isLessThanOrEqualTo(atMost);
    }

    private void assertExpiry(long expected) {
        long before = servers.timeMillis();
        long ttl = store.ttl(store.running());
        long after = servers.timeMillis();
        assertThat(expected).isBetween(before + ttl, after + ttl);
    }
}
