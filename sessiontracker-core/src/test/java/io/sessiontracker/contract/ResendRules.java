package io.sessiontracker.contract;

import java.util.List;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.SessionCalls.AN_HOUR;
import static io.sessiontracker.contract.SessionCalls.assertConflict;
import static io.sessiontracker.contract.SessionCalls.assertDone;
import static io.sessiontracker.contract.SessionCalls.assertNotFound;
import static io.sessiontracker.contract.SessionCalls.assertOnlyDone;
import static io.sessiontracker.contract.SessionCalls.assertSession;
import static io.sessiontracker.contract.SessionCalls.data;
import static io.sessiontracker.contract.SessionCalls.sessionOf;
import static io.sessiontracker.contract.SessionCalls.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A driver that lost the connection sends a command again with the same token: the first one's success stays a success, and
 * what others did in between stays.
 */
interface ResendRules extends DataFixture {

    @Test
    default void shouldAdmitAStartSentTwice() {
        StartOnce start = new StartOnce(session());
        StoreReply first = start.send();

        assertThat(start.send()).isEqualTo(first);
        start.session.assertRunning(start.version, "a");
    }

    @Test
    default void shouldAdmitAStartSentTwiceAfterAnUpdate() {
        StartOnce start = new StartOnce(session());
        StoreReply first = start.send();
        start.session.update(start.version, "theirs");

        assertThat(start.send()).isEqualTo(first);
        start.session.assertRunning(start.version.next(), "theirs");
    }

    @Test
    default void shouldAdmitAStartSentTwiceAfterAFinish() {
        StartOnce start = new StartOnce(session());
        StoreReply first = start.send();
        start.session.finish();

        assertThat(start.send()).isEqualTo(first);
        start.session.assertNothingRuns();
        start.session.assertFinished(start.version, "a");
    }

    @Test
    default void shouldAdmitAStartSentTwiceAfterAFinishAndAnotherStart() {
        StartOnce start = new StartOnce(session());
        StoreReply first = start.send();
        start.session.update(start.version, "b");
        start.session.finish();
        SessionVersion theirs = start.session.starts("theirs");

        assertThat(start.send()).isEqualTo(first);
        start.session.assertRunning(theirs, "theirs");
        start.session.assertFinished(start.version.next(), "b");
    }

    @Test
    default void shouldAdmitAStartSentTwiceAfterADelete() {
        StartOnce start = new StartOnce(session());
        StoreReply first = start.send();
        start.session.delete();

        assertThat(start.send()).isEqualTo(first);
        start.session.assertNothingRuns();
    }

    @Test
    default void shouldKeepAResumedSessionsLifetimesWhenItsStartIsSentTwice() {
        long deadline = storeTime() + 300;
        StartOnce start = new StartOnce(session(), new Lifetimes(0, deadline, 0, 0));
        start.send();
        assumeTrue(
                start.session.finish() instanceof StoreReply.Done, "too slow: it was due before it could be finished");
        start.session.resume();
        start.send();
        await().atMost(Watch.PATIENCE).until(() -> storeTime() > deadline);

        start.session.assertRunning(start.version, "a");
    }

    @Test
    default void shouldAdmitAnUpdateSentTwice() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        OperationToken token = OperationToken.random();

        assertOnlyDone(session.update(first, data("b"), token));
        assertOnlyDone(session.update(first, data("b"), token));
        session.assertRunning(first.next(), "b");
    }

    @Test
    default void shouldAdmitAnUpdateSentTwiceAfterAFinishAndAResume() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        OperationToken token = OperationToken.random();
        session.update(first, data("b"), token);
        session.finish();
        session.resume();

        assertOnlyDone(session.update(first, data("b"), token));
        session.assertRunning(first.next(), "b");
    }

    @Test
    default void shouldRefuseAnUpdateSentTwiceAfterADeleteAndAnotherStart() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        OperationToken token = OperationToken.random();
        session.update(first, data("b"), token);
        session.delete();
        SessionVersion theirs = session.starts("theirs");

        assertConflict(session.update(first, data("b"), token), 1);
        session.assertRunning(theirs, "theirs");
    }

    @Test
    default void shouldAdmitAnUpdateSentTwiceAfterADelete() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        OperationToken token = OperationToken.random();
        session.update(first, data("b"), token);
        session.delete();

        assertOnlyDone(session.update(first, data("b"), token));
        session.assertNothingRuns();
    }

    @Test
    default void shouldAdmitAMoveSentTwiceAfterADelete() {
        SessionCalls session = session();
        session.starts("a");
        OperationToken finish = OperationToken.random();
        session.finishSilently(finish);
        OperationToken resume = OperationToken.random();
        session.resumeSilently(resume);
        session.delete();

        assertOnlyDone(session.finishSilently(finish));
        assertOnlyDone(session.resumeSilently(resume));
        assertNotFound(session.peek());
        assertNotFound(session.getFinished());
    }

    @Test
    default void shouldNotFinishANewSessionWithAFinishSentTwiceAfterADelete() {
        SessionCalls session = session();
        session.starts("a");
        OperationToken token = OperationToken.random();
        session.finishSilently(token);
        session.delete();
        SessionVersion theirs = session.starts("theirs");

        assertOnlyDone(session.finishSilently(token));
        session.assertRunning(theirs, "theirs");
        session.assertNothingFinished();
    }

    @Test
    default void shouldNotResumeANewSessionWithAResumeSentTwiceAfterADelete() {
        SessionCalls session = session();
        session.startsAndFinishes("a");
        OperationToken token = OperationToken.random();
        session.resumeSilently(token);
        session.delete();
        SessionVersion theirs = session.startsAndFinishes("theirs");

        assertOnlyDone(session.resumeSilently(token));
        session.assertFinished(theirs, "theirs");
        session.assertNothingRuns();
    }

    @Test
    default void shouldAdmitAFinishSentTwice() {
        SessionCalls session = session();
        SessionVersion version = session.starts("a");
        for (SessionVersion only : new SessionVersion[] {null, version}) {
            OperationToken token = OperationToken.random();
            assertSession(session.finish(only, AN_HOUR, token), version, "a");
            assertSession(session.finish(only, AN_HOUR, token), version, "a");
            session.assertFinished(version, "a");
            session.resume();
        }
    }

    @Test
    default void shouldNotFinishANewSessionWithAFinishSentTwice() {
        SessionCalls session = session();
        SessionVersion finished = session.starts("a");
        OperationToken token = OperationToken.random();
        session.finish(null, AN_HOUR, token);
        SessionVersion theirs = session.starts("theirs");

        assertSession(session.finish(null, AN_HOUR, token), finished, "a");
        session.assertRunning(theirs, "theirs");
        session.assertFinished(finished, "a");
    }

    @Test
    default void shouldNotUndoAResumeWithAFinishSentTwice() {
        SessionCalls session = session();
        SessionVersion version = session.starts("a");
        OperationToken token = OperationToken.random();
        session.finish(null, AN_HOUR, token);
        session.resume();

        assertDone(session.finish(null, AN_HOUR, token));
        session.assertRunning(version, "a");
    }

    @Test
    default void shouldAdmitAResumeSentTwice() {
        SessionCalls session = session();
        SessionVersion version = session.startsAndFinishes("a");
        for (SessionVersion only : new SessionVersion[] {null, version}) {
            OperationToken token = OperationToken.random();
            assertSession(session.resume(only, AN_HOUR, token), version, "a");
            assertSession(session.resume(only, AN_HOUR, token), version, "a");
            session.assertRunning(version, "a");
            session.finish();
        }
    }

    @Test
    default void shouldAdmitAResumeSentTwiceAfterAnUpdate() {
        SessionCalls session = session();
        SessionVersion version = session.startsAndFinishes("a");
        OperationToken token = OperationToken.random();
        session.resume(version, AN_HOUR, token);
        session.update(version, "theirs");

        assertDone(session.resume(version, AN_HOUR, token));
        session.assertRunning(version.next(), "theirs");
    }

    @Test
    default void shouldNotUndoAFinishWithAResumeSentTwice() {
        SessionCalls session = session();
        SessionVersion version = session.startsAndFinishes("a");
        OperationToken token = OperationToken.random();
        session.resume(null, AN_HOUR, token);
        session.finish();

        assertDone(session.resume(null, AN_HOUR, token));
        session.assertNothingRuns();
        session.assertFinished(version, "a");
    }

    @Test
    default void shouldAdmitADeleteSentTwice() {
        SessionCalls session = session();
        OperationToken token = OperationToken.random();
        session.startsAndFinishes("a");
        session.starts("b");

        assertOnlyDone(session.delete(null, token));
        assertOnlyDone(session.delete(null, token));
    }

    @Test
    default void shouldAdmitADeleteOfOneVersionSentTwice() {
        SessionCalls session = session();
        OperationToken token = OperationToken.random();
        SessionVersion finished = session.startsAndFinishes("a");
        SessionVersion running = session.starts("b");

        assertOnlyDone(session.delete(running, token));
        assertOnlyDone(session.delete(running, token));
        session.assertFinished(finished, "a");
    }

    @Test
    default void shouldNotDeleteANewSessionWithADeleteSentTwice() {
        SessionCalls session = session();
        session.starts("a");
        OperationToken token = OperationToken.random();
        session.delete(null, token);
        SessionVersion theirs = session.starts("theirs");

        assertOnlyDone(session.delete(null, token));
        session.assertRunning(theirs, "theirs");

        session.finish();
        assertOnlyDone(session.delete(null, token));
        session.assertFinished(theirs, "theirs");
    }

    @Test
    default void shouldNotFinishTheirsWithAFinishSentTwiceAfterTheyStartedAndFinished() {
        SessionCalls session = session();
        session.starts("a");
        OperationToken token = OperationToken.random();
        session.finishSilently(token);
        SessionVersion theirs = session.startsAndFinishes("theirs");

        assertOnlyDone(session.finishSilently(token));
        assertOnlyDone(session.finish(null, AN_HOUR, token));
        session.assertFinished(theirs, "theirs");
        SessionVersion third = session.starts("third");
        assertOnlyDone(session.finishSilently(token));
        session.assertRunning(third, "third");
        session.assertFinished(theirs, "theirs");
    }

    @Test
    default void shouldNotFinishTheirsWithAFinishSentTwiceAfterAnotherMoveOfTheSession() {
        SessionCalls session = session();
        SessionVersion version = session.starts("a");
        OperationToken token = OperationToken.random();
        session.finishSilently(token);
        session.resume();
        session.finish();

        assertSession(session.finish(null, AN_HOUR, token), version, "a");
        SessionVersion theirs = session.starts("theirs");
        assertOnlyDone(session.finishSilently(token));
        session.assertRunning(theirs, "theirs");
        session.assertFinished(version, "a");
    }

    @Test
    default void shouldNotResumeAgainWithAResumeSentTwiceAfterAnotherMoveOfTheSession() {
        SessionCalls session = session();
        SessionVersion version = session.startsAndFinishes("a");
        OperationToken token = OperationToken.random();
        session.resumeSilently(token);
        session.finish();
        session.resume();
        session.finish();

        assertSession(session.resume(null, AN_HOUR, token), version, "a");
        session.assertFinished(version, "a");
        session.assertNothingRuns();
    }

    @Test
    default void shouldNotDeleteTheirsWithADeleteSentTwiceAfterTheyStartedAndDeleted() {
        SessionCalls session = session();
        session.starts("a");
        OperationToken token = OperationToken.random();
        session.delete(null, token);
        session.starts("theirs");
        session.delete();

        assertOnlyDone(session.delete(null, token));
        SessionVersion third = session.starts("third");
        assertOnlyDone(session.delete(null, token));
        session.assertRunning(third, "third");
    }

    @Test
    default void shouldNotResumeTheirsWithAResumeSentTwiceAfterTheyStartedAndFinished() {
        SessionCalls session = session();
        session.startsAndFinishes("a");
        OperationToken token = OperationToken.random();
        session.resumeSilently(token);
        session.finish();
        SessionVersion theirs = session.startsAndFinishes("theirs");

        assertOnlyDone(session.resumeSilently(token));
        session.assertFinished(theirs, "theirs");
        session.assertNothingRuns();
    }

    @Test
    default void shouldStartNothingWithAStartSentTwiceAfterTheyStartedAndFinished() {
        StartOnce start = new StartOnce(session());
        StoreReply first = start.send();
        start.session.finish();
        SessionVersion theirs = start.session.startsAndFinishes("theirs");

        assertThat(start.send()).isEqualTo(first);
        start.session.assertNothingRuns();
        start.session.assertFinished(theirs, "theirs");
    }

    @Test
    default void shouldStartNothingWithAStartSentTwiceAfterItExpiredAndTheyStartedAndFinished() {
        StartOnce start = new StartOnce(session(), new Lifetimes(0, 1, 0, Long.MAX_VALUE));
        StoreReply first = start.send();
        SessionVersion theirs = start.session.startsAndFinishes("theirs");

        assertThat(start.send()).isEqualTo(first);
        start.session.assertNothingRuns();
        start.session.assertFinished(theirs, "theirs");
    }

    /** Seven by others in between. */
    @Test
    default void shouldRecogniseTheLastEightCalls() {
        SessionCalls session = session();
        session.startsAndFinishes("a");
        session.starts("b");
        OperationToken finish = OperationToken.random();
        session.finishSilently(finish);
        session.resume();
        session.finish();
        session.starts("c");
        session.finish();
        session.resume();
        session.finish();
        session.starts("d");
        session.delete();
        session.startsAndFinishes("e");
        SessionVersion theirs = session.starts("theirs");

        assertOnlyDone(session.finishSilently(finish));
        session.assertRunning(theirs, "theirs");
    }

    @Test
    default void shouldHaveNoSessionToAnswerToAMoveSentTwiceAfterADelete() {
        SessionCalls session = session();
        session.starts("a");
        OperationToken finish = OperationToken.random();
        session.finish(null, AN_HOUR, finish);
        OperationToken resume = OperationToken.random();
        session.resume(null, AN_HOUR, resume);
        session.delete();

        assertOnlyDone(session.finish(null, AN_HOUR, finish));
        assertOnlyDone(session.resume(null, AN_HOUR, resume));
    }

    @Test
    default void shouldHaveNoSessionToAnswerToADeleteSentTwice() {
        SessionCalls session = session();
        session.starts("a");
        OperationToken token = OperationToken.random();

        assertThat(state(sessionOf(session.deleteReturning(null, token)))).isEqualTo("a");
        assertOnlyDone(session.deleteReturning(null, token));
    }

    @Test
    default void shouldStartNothingWithAFirstAttemptThatArrivesAfterItsRetryWasFinished() {
        LateStart late = new LateStart(session());
        late.session.finish();

        late.assertStartsNothing();
        late.session.assertFinished(late.retry, "retry");
    }

    @Test
    default void shouldStartNothingWithAFirstAttemptThatArrivesAfterItsRetryWasFinishedAndReplaced() {
        LateStart late = new LateStart(session());
        late.session.finish();
        late.session.startsAndFinishes("theirs");

        late.assertStartsNothing();
    }

    @Test
    default void shouldStartNothingWithAFirstAttemptThatArrivesAfterItsRetryWasDeleted() {
        LateStart late = new LateStart(session());
        late.session.delete();

        late.assertStartsNothing();
    }

    /** A start whose first attempt was overtaken by its second. */
    final class LateStart {

        final SessionCalls session;
        final SessionVersion retry = new SessionVersion(Fresh.id(), 1);
        private final String firstId = Fresh.id();
        private final OperationToken token = OperationToken.random();

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
        final SessionVersion version = new SessionVersion(Fresh.id(), 1);
        private final OperationToken token = OperationToken.random();

        private final Lifetimes lifetimes;

        StartOnce(SessionCalls session) {
            this(session, AN_HOUR);
        }

        StartOnce(SessionCalls session, Lifetimes lifetimes) {
            this.session = session;
            this.lifetimes = lifetimes;
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
