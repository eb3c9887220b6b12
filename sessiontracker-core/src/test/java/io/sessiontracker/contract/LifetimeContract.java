package io.sessiontracker.contract;

import java.util.List;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.sessiontracker.contract.SessionCalls.AN_HOUR;
import static io.sessiontracker.contract.SessionCalls.DUE_AT_ONCE;
import static io.sessiontracker.contract.SessionCalls.NEVER;
import static io.sessiontracker.contract.SessionCalls.assertAlreadyFinished;
import static io.sessiontracker.contract.SessionCalls.assertDone;
import static io.sessiontracker.contract.SessionCalls.assertNotFound;
import static io.sessiontracker.contract.SessionCalls.data;
import static io.sessiontracker.contract.SessionCalls.sessionOf;
import static org.awaitility.Awaitility.await;

/** Absolute deadlines, and what a session that is due is to everybody. */
interface LifetimeContract extends DataFixture {

    @ParameterizedTest
    @ValueSource(longs = {0, 3_600_000})
    default void shouldBeGoneForEveryCallOnceItIsDue(long retention) {
        SessionCalls session = session();
        SessionVersion due = session.starts("a", new Lifetimes(0, 1, 0, retention));

        assertNotFound(session.get());
        assertNotFound(session.peek());
        assertNotFound(session.touch());
        assertNotFound(session.getFinished());
        assertNotFound(session.update(due, "b"));
        assertNotFound(session.finish());
        assertNotFound(session.finish(due));
        assertNotFound(session.resume());
        assertNotFound(session.delete());
        assertNotFound(session.delete(due));
        session.starts("c");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3_600_000})
    default void shouldBeDueAtTheAbsoluteMoment(long retention) {
        SessionCalls session = session();
        long deadline = storeTime() + 300;
        session.starts("a", new Lifetimes(0, deadline, 0, retention));

        Probe.untilGone(this::storeTime, session::get).assertDeadline(deadline);
    }

    /** Not a millisecond later: mostly it is looked for in the same one. */
    @ParameterizedTest
    @ValueSource(longs = {0, 3_600_000})
    default void shouldBeDueAtOnceFromItsMomentOn(long retention) {
        for (int i = 0; i < 50; i++) {
            SessionCalls session = session();
            session.starts("a", new Lifetimes(0, storeTime(), 0, retention));

            assertNotFound(session.get());
        }
    }

    @Test
    default void shouldReadASessionThatIsDueInAnHour() {
        SessionCalls session = session();
        SessionVersion version = session.starts("a", new Lifetimes(0, storeTime() + 3_600_000, 0, 0));

        session.assertRunning(version, "a");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3_600_000})
    default void shouldCountAnAbsoluteLifetimeFromTheStart(long retention) {
        SessionCalls session = session();
        StoreReply.Started started = (StoreReply.Started) session.start(
                List.of(Fresh.id()), data("a"), new Lifetimes(300, 0, 0, retention), OperationToken.random());

        Probe.untilGone(this::storeTime, session::get).assertDeadline(started.startedAt() + 300);
    }

    @Test
    default void shouldNotProlongAnAbsoluteLifetimeByStartingAgain() {
        SessionCalls session = session();
        Lifetimes lifetimes = new Lifetimes(300, 0, 0, 0);
        SessionVersion version = session.starts("a", lifetimes);
        long startedAt = sessionOf(session.peek()).startedAt();

        Probe.untilGone(this::storeTime, () -> {
                    StoreReply.Started reply = (StoreReply.Started) session.start(
                            List.of(Fresh.id(), version.id()), data("a"), lifetimes, OperationToken.random());
                    return reply.version().equals(version) ? new StoreReply.Done(null, 0) : new StoreReply.NotFound();
                })
                .assertDeadline(startedAt + 300);
    }

    @Test
    default void shouldHonourALifetimeOfAMillisecond() {
        SessionCalls absolute = session();
        absolute.starts("a", new Lifetimes(1, 0, 0, 0));
        Probe.untilGone(this::storeTime, absolute::peek);

        SessionCalls sliding = session();
        sliding.starts("a", SessionCalls.sliding(1));
        Probe.untilGone(this::storeTime, sliding::peek);
    }

    @Test
    default void shouldKeepSessionsThatNeverExpire() {
        SessionCalls never = session();
        SessionVersion version = never.starts("a", NEVER);
        SessionCalls brief = session();
        brief.starts("a", new Lifetimes(50, 0, 0, 0));
        Probe.untilGone(this::storeTime, brief::peek);

        never.assertRunning(version, "a");
        never.finish(null, NEVER, OperationToken.random());
        never.assertFinished(version, "a");
        never.resume(null, NEVER, OperationToken.random());
        never.assertRunning(version, "a");
    }

    @Test
    default void shouldLetTheAbsoluteDeadlineWinWhenItIsEarlier() {
        SessionCalls session = session();
        long deadline = storeTime() + 300;
        session.starts("a", new Lifetimes(0, deadline, 3_600_000, 0));

        Probe.untilGone(this::storeTime, session::get).assertDeadline(deadline);
    }

    @Test
    default void shouldCountAFinishedSessionsLifetimeFromTheFinish() {
        SessionCalls session = session();
        session.starts("a", NEVER);
        outlast(300);
        long before = storeTime();
        session.finish(null, new Lifetimes(300, 0, 0, 0), OperationToken.random());
        long after = storeTime();

        Probe.untilGone(this::storeTime, session::getFinished).assertDeadlineWithin(before + 300, after + 300);
        assertNotFound(session.peek());
    }

    @Test
    default void shouldCountAResumedSessionsLifetimeFromTheResume() {
        SessionCalls session = session();
        session.starts("a", NEVER);
        session.finish(null, NEVER, OperationToken.random());
        outlast(300);
        long before = storeTime();
        session.resume(null, new Lifetimes(300, 0, 0, 0), OperationToken.random());
        long after = storeTime();

        Probe.untilGone(this::storeTime, session::peek).assertDeadlineWithin(before + 300, after + 300);
        assertNotFound(session.getFinished());
    }

    @Test
    default void shouldNotInheritAShorterLifetimeInATransition() {
        RetryWithLongerTtl.retry(400, millis -> {
            SessionCalls session = session();
            long deadline = storeTime() + millis;
            SessionVersion version = session.starts("a", new Lifetimes(0, deadline, 0, 0));
            if (!(session.finish() instanceof StoreReply.Done)) {
                return false;
            }
            await().atMost(Probe.MAX_WAIT).until(() -> storeTime() > deadline);

            session.assertFinished(version, "a");
            assertAlreadyFinished(session.peek());
            assertDone(session.resume());
            session.assertRunning(version, "a");
            return true;
        });
    }

    @Test
    default void shouldNotLetAnUpdateTouchTheAbsoluteDeadline() {
        SessionCalls session = session();
        long deadline = storeTime() + 300;
        session.starts("a", new Lifetimes(0, deadline, 0, 0));

        Probe.untilGone(this::storeTime, () -> {
                    StoreReply reply = session.peek();
                    return reply instanceof StoreReply.Done
                            ? session.update(sessionOf(reply).version(), "again")
                            : reply;
                })
                .assertDeadline(deadline);
    }

    @Test
    default void shouldKeepAnUpdatedSessionsLifetimes() {
        SessionCalls session = session();
        SessionVersion version = session.starts("a", AN_HOUR);
        session.update(version, "b");
        session.start(List.of(Fresh.id()), data("c"), DUE_AT_ONCE, OperationToken.random());

        session.assertRunning(version.next(), "b");
    }

    /** Lets a lifetime pass that would be over already if it counted from what was done before. */
    private void outlast(long lifetime) {
        long from = storeTime();
        await().atMost(Probe.MAX_WAIT).until(() -> storeTime() - from > lifetime);
    }
}
