package io.sessiontracker.contract;

import java.util.List;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.SessionCalls.AN_HOUR;
import static io.sessiontracker.contract.SessionCalls.assertStartedAs;
import static io.sessiontracker.contract.SessionCalls.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A start that a driver sends again, or that is overtaken by its retry, started what it started, and nothing else. */
interface ResentStartContract extends DataFixture {

    @Test
    default void shouldConfirmAResentStart() {
        StartOnce start = new StartOnce(session());
        StoreReply first = start.send();

        assertStartedAs(start.send(), first);
        start.session.assertRunning(start.version, "a");
    }

    @Test
    default void shouldConfirmAResentStartAfterAnUpdate() {
        StartOnce start = new StartOnce(session());
        StoreReply first = start.send();
        start.session.update(start.version, "theirs");

        assertStartedAs(start.send(), first);
        start.session.assertRunning(start.version.next(), "theirs");
    }

    @Test
    default void shouldConfirmAResentStartAfterAFinish() {
        StartOnce start = new StartOnce(session());
        StoreReply first = start.send();
        start.session.finish();

        assertStartedAs(start.send(), first);
        start.session.assertNothingRuns();
        start.session.assertFinished(start.version, "a");
    }

    @Test
    default void shouldConfirmAResentStartAfterAFinishAndAnotherStart() {
        StartOnce start = new StartOnce(session());
        StoreReply first = start.send();
        start.session.update(start.version, "b");
        start.session.finish();
        SessionVersion theirs = start.session.starts("theirs");

        assertStartedAs(start.send(), first);
        start.session.assertRunning(theirs, "theirs");
        start.session.assertFinished(start.version.next(), "b");
    }

    @Test
    default void shouldConfirmAResentStartAfterADelete() {
        StartOnce start = new StartOnce(session());
        StoreReply first = start.send();
        start.session.delete();

        assertStartedAs(start.send(), first);
        start.session.assertNothingRuns();
    }

    @Test
    default void shouldKeepAResumedSessionsLifetimesOnAResentStart() {
        RetryWithLongerTtl.retry(300, millis -> {
            long deadline = storeTime() + millis;
            StartOnce start = new StartOnce(session(), new Lifetimes(0, deadline, 0, 0));
            start.send();
            if (!(start.session.finish() instanceof StoreReply.Done)) {
                return false;
            }
            start.session.resume();
            start.send();
            await().atMost(Probe.MAX_WAIT).until(() -> storeTime() > deadline);

            start.session.assertRunning(start.version, "a");
            return true;
        });
    }

    @Test
    default void shouldNotStartAgainAfterAnotherStartAndFinish() {
        StartOnce start = new StartOnce(session());
        StoreReply first = start.send();
        start.session.finish();
        SessionVersion theirs = start.session.startsAndFinishes("theirs");

        assertStartedAs(start.send(), first);
        start.session.assertNothingRuns();
        start.session.assertFinished(theirs, "theirs");
    }

    @Test
    default void shouldNotStartAgainAfterExpiryAndAnotherStart() {
        StartOnce start = new StartOnce(session(), new Lifetimes(0, 1, 0, Long.MAX_VALUE));
        StoreReply first = start.send();
        SessionVersion theirs = start.session.startsAndFinishes("theirs");

        assertStartedAs(start.send(), first);
        start.session.assertNothingRuns();
        start.session.assertFinished(theirs, "theirs");
    }

    @Test
    default void shouldIgnoreALateAttemptAfterItsRetryWasFinished() {
        LateStart late = new LateStart(session());
        late.session.finish();

        late.assertStartsNothing();
        late.session.assertFinished(late.retry, "retry");
    }

    @Test
    default void shouldIgnoreALateAttemptAfterItsRetryWasReplaced() {
        LateStart late = new LateStart(session());
        late.session.finish();
        late.session.startsAndFinishes("theirs");

        late.assertStartsNothing();
    }

    @Test
    default void shouldIgnoreALateAttemptAfterItsRetryWasDeleted() {
        LateStart late = new LateStart(session());
        late.session.delete();

        late.assertStartsNothing();
    }

    @Test
    default void shouldIgnoreALateAttemptAfterManyWritesAndADelete() {
        LateStart late = new LateStart(session());
        late.session.delete(writtenOften(late.session, late.retry));

        late.assertStartsNothing();
    }

    @Test
    default void shouldNotStartARetryAfterManyWritesAndADelete() {
        StartOnce start = new StartOnce(session());
        start.send();
        start.session.delete(writtenOften(start.session, start.version));

        assertThat(start.retry()).isInstanceOf(StoreReply.Started.class);
        start.session.assertNothingRuns();
    }

    @Test
    default void shouldNotStartARetryAfterManyWritesAndAFinish() {
        StartOnce start = new StartOnce(session());
        start.send();
        SessionVersion latest = writtenOften(start.session, start.version);
        start.session.finish();

        assertThat(start.retry()).isInstanceOf(StoreReply.Started.class);
        start.session.assertNothingRuns();
        start.session.assertFinished(latest, "theirs");
    }

    /** More often than a store keeps the tokens of. */
    private static SessionVersion writtenOften(SessionCalls session, SessionVersion started) {
        SessionVersion version = started;
        for (int i = 0; i < 10; i++) {
            session.update(version, "theirs");
            version = version.next();
        }
        return version;
    }

    /** A start whose first attempt was overtaken by its second. */
    final class LateStart {

        final SessionCalls session;
        private final OperationToken token = OperationToken.random();
        private final String firstId = token.newSessionId();
        final SessionVersion retry = new SessionVersion(token.newSessionId(), 1);

        LateStart(SessionCalls session) {
            this.session = session;
            session.start(List.of(retry.id(), firstId), data("retry"), AN_HOUR, token.next());
        }

        void assertStartsNothing() {
            StoreReply reply = session.start(List.of(firstId), data("first"), AN_HOUR, token);
            assertThat(reply)
                    .isInstanceOfSatisfying(
                            StoreReply.Started.class,
                            started -> assertThat(started.version()).isEqualTo(retry));
            session.assertNothingRuns();
        }
    }

    /** One start that can be sent any number of times. */
    final class StartOnce {

        final SessionCalls session;
        private final OperationToken token = OperationToken.random();
        final SessionVersion version = new SessionVersion(token.newSessionId(), 1);
        private final Lifetimes lifetimes;

        StartOnce(SessionCalls session) {
            this(session, AN_HOUR);
        }

        StartOnce(SessionCalls session, Lifetimes lifetimes) {
            this.session = session;
            this.lifetimes = lifetimes;
        }

        /** The next attempt, of a caller that does not know that this one succeeded. */
        StoreReply retry() {
            return session.start(List.of(token.newSessionId(), version.id()), data("retry"), lifetimes, token.next());
        }

        StoreReply send() {
            StoreReply reply = session.start(List.of(version.id()), data("a"), lifetimes, token);
            assertThat(reply)
                    .isInstanceOfSatisfying(
                            StoreReply.Started.class,
                            started -> assertThat(started.version()).isEqualTo(version));
            return reply;
        }
    }
}
