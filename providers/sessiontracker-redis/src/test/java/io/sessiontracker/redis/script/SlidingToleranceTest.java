package io.sessiontracker.redis.script;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.CommandMonitor;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static io.sessiontracker.redis.script.StoreProbe.AN_HOUR;
import static io.sessiontracker.redis.script.StoreProbe.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

/** Which reads touch a session that may live somewhat longer, by this process's clocks, which are moved; seen at the server. */
class SlidingToleranceTest {

    private static final long TOLERANCE = 10_000;
    private static final Lifetimes SLIDING = new Lifetimes(0, 0, HOUR, 0, TOLERANCE);

    private static RedisServer server;

    private final LettuceConnectionFactory connections = server.newConnectionFactory(Duration.ofMinutes(1));
    private final StoreProbe store = new StoreProbe(connections, RedisTopology.newNamespace());
    private final AtomicLong monotonic = new AtomicLong(Long.MAX_VALUE - 1000); // it may overflow
    private final AtomicLong wall = new AtomicLong();
    private final SessionScripts operations =
            new SessionScripts(store.layout, new RecentTouches(monotonic::get, wall::get));
    private final CommandMonitor monitor = new CommandMonitor(server);

    @BeforeAll
    static void launch() {
        server = RedisServer.launch();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void letTheServerKnowTheScripts() {
        for (LuaScript script : List.of(LuaScript.GET, LuaScript.PEEK)) {
            server.call(redis -> redis.scriptLoad(script.text()));
        }
    }

    @AfterEach
    void close() {
        monitor.close();
        connections.destroy();
    }

    @Test
    void shouldTouchOncePerTolerance() {
        store.start(SLIDING);
        assertRead("evalsha");
        assertRead("get");
        advance(TOLERANCE - 1);
        assertRead("get");
        advance(1);
        assertRead("evalsha");
        advance(TOLERANCE - 1);
        assertRead("get");
    }

    @Test
    void shouldTouchAgainWhenTheMachineHasSlept() {
        store.start(SLIDING);
        assertRead("evalsha");
        wall.addAndGet(TOLERANCE);
        assertRead("evalsha");
        wall.addAndGet(-2 * TOLERANCE);
        assertRead("get");
        monotonic.addAndGet(TimeUnit.MILLISECONDS.toNanos(TOLERANCE));
        assertRead("evalsha");
    }

    @Test
    void shouldTouchAnotherStart() {
        store.start(SLIDING);
        assertRead("evalsha");
        store.run(store.deleteOf(null));
        store.start(SLIDING);
        assertRead("get", "evalsha");
        assertRead("get");
    }

    /** So that a call is one command, also where a key is used again at once. */
    @Test
    void shouldNotTryTheFastPathAfterItsOwnStart() {
        store.start(SLIDING);
        assertRead("evalsha");
        store.run(operations.delete(store.address, SessionStates.BOTH, null, OperationToken.random(), false));
        store.run(operations.start(
                store.address,
                List.of(StoreProbe.newId()),
                StoreProbe.data("b"),
                SLIDING,
                OperationToken.random(),
                false));
        assertRead("evalsha");
        assertRead("get");
    }

    @Test
    void shouldTouchAResumedSession() {
        store.start(SLIDING);
        assertRead("evalsha");
        store.run(store.finishOf(null, AN_HOUR, false));
        store.run(store.resumeOf(null, SLIDING, false));
        assertRead("get", "evalsha");
        assertRead("get");
    }

    @Test
    void shouldGoByTheToleranceThatIsStoredNow() {
        String id = StoreProbe.newId();
        store.run(store.startOf(OperationToken.random(), id, SLIDING));
        assertRead("evalsha");
        store.run(store.operations.start(
                store.address,
                List.of(StoreProbe.newId(), id),
                StoreProbe.data("a"),
                new Lifetimes(0, 0, HOUR, 0, 1000),
                OperationToken.random(),
                false));
        assertRead("get", "evalsha");
        assertRead("get");
        advance(1000);
        assertRead("evalsha");
    }

    @Test
    void shouldTouchASessionThatOthersGaveOtherLifetimes() {
        store.start(SLIDING);
        assertRead("evalsha");
        store.run(store.operations.expire(store.address, null, new Lifetimes(0, 0, 2 * HOUR, 0, TOLERANCE)));
        assertRead("get", "evalsha");
        assertRead("get");
    }

    @Test
    void shouldKnowTheDeadlineOfTheTouchThatAReadDoesWithout() {
        store.start(SLIDING);
        StoreReply touched = read();
        StoreReply read = read();

        assertThat(((StoreReply.Done) read).session().expiresAt())
                .isPositive()
                .isEqualTo(((StoreReply.Done) touched).session().expiresAt());
    }

    @Test
    void shouldTouchAtEveryReadWhereNoToleranceIsStored() {
        store.start(new Lifetimes(0, 0, HOUR, 0));
        assertRead("evalsha");
        assertRead("evalsha");
    }

    @Test
    void shouldNotTakeDataThatAreKeptForASession() {
        store.start(new Lifetimes(HOUR, 0, HOUR, HOUR, TOLERANCE));
        assertRead("evalsha");
        assertRead("evalsha");
    }

    @Test
    void shouldNotFindAFinishedSession() {
        store.start(SLIDING);
        assertRead("evalsha");
        store.run(store.finishOf(null, AN_HOUR, false));
        assertThat(monitor.during(() -> assertThat(read()).isInstanceOf(StoreReply.AlreadyFinished.class)))
                .containsExactly("get", "evalsha");
    }

    /** Whoever does it: else a read that trusts in it would leave less than the sliding lifetime. */
    @Test
    void shouldBeAddedByEveryTouchAndWrite() {
        SessionVersion version = store.start(SLIDING);
        assertTtl();
        assertTtlAfter(store.operations.get(store.address, true));
        assertTtlAfter(store.operations.touch(store.address));
        assertTtlAfter(store.updateOf(version, "b"));
        assertTtlAfter(store.operations.update(
                store.address, version.next(), null, StoreProbe.indexed(), OperationToken.random()));
        assertTtlAfter(store.operations.start(
                store.address,
                List.of(StoreProbe.newId()),
                StoreProbe.data("c"),
                AN_HOUR,
                OperationToken.random(),
                true));
        store.run(store.finishOf(null, AN_HOUR, false));
        assertTtlAfter(store.resumeOf(null, SLIDING, false));
    }

    @Test
    void shouldNotOutliveAnAbsoluteDeadline() {
        store.start(new Lifetimes(HOUR, 0, HOUR, 0, TOLERANCE));
        assertThat(store.ttl(store.running())).isLessThanOrEqualTo(HOUR);
        assertRead("evalsha");
        assertThat(store.ttl(store.running())).isLessThanOrEqualTo(HOUR);
    }

    private void assertTtlAfter(ScriptCall<StoreReply> operation) {
        server.call(redis -> redis.pexpire(new String(store.running(), StandardCharsets.UTF_8), 100_000));
        store.run(operation);
        assertTtl();
    }

    private void assertTtl() {
        assertThat(store.ttl(store.running())).isBetween(HOUR + TOLERANCE / 2, HOUR + TOLERANCE);
    }

    private void advance(long millis) {
        monotonic.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
        wall.addAndGet(millis);
    }

    private void assertRead(String... commands) {
        assertThat(monitor.during(() -> assertThat(read()).isInstanceOf(StoreReply.Done.class)))
                .containsExactly(commands);
    }

    private StoreReply read() {
        return store.run(operations.get(store.address, true, SLIDING));
    }
}
