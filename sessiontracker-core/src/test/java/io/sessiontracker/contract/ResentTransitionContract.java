package io.sessiontracker.contract;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionVersion;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.SessionCalls.AN_HOUR;
import static io.sessiontracker.contract.SessionCalls.assertDone;
import static io.sessiontracker.contract.SessionCalls.assertNotFound;
import static io.sessiontracker.contract.SessionCalls.assertOnlyDone;
import static io.sessiontracker.contract.SessionCalls.assertSession;

/**
 * A finish or resume that a driver sends again because it lost the connection: the first one's success stays a success, and
 * what others did in between stays.
 */
interface ResentTransitionContract extends DataFixture {

    @Test
    default void shouldConfirmAResentTransitionAfterADelete() {
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
    default void shouldNotFinishANewSessionAfterADelete() {
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
    default void shouldNotResumeANewSessionAfterADelete() {
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
    default void shouldConfirmAResentFinish() {
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
    default void shouldNotFinishANewSessionWithAResentFinish() {
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
    default void shouldNotUndoAResumeWithAResentFinish() {
        SessionCalls session = session();
        SessionVersion version = session.starts("a");
        OperationToken token = OperationToken.random();
        session.finish(null, AN_HOUR, token);
        session.resume();

        assertDone(session.finish(null, AN_HOUR, token));
        session.assertRunning(version, "a");
    }

    @Test
    default void shouldConfirmAResentResume() {
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
    default void shouldConfirmAResentResumeAfterAnUpdate() {
        SessionCalls session = session();
        SessionVersion version = session.startsAndFinishes("a");
        OperationToken token = OperationToken.random();
        session.resume(version, AN_HOUR, token);
        session.update(version, "theirs");

        assertDone(session.resume(version, AN_HOUR, token));
        session.assertRunning(version.next(), "theirs");
    }

    @Test
    default void shouldNotUndoAFinishWithAResentResume() {
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
    default void shouldNotFinishAgainAfterAnotherStartAndFinish() {
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
    default void shouldNotFinishAgainAfterAnotherTransition() {
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
    default void shouldNotResumeAgainAfterAnotherTransition() {
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
    default void shouldNotResumeAgainAfterAnotherStartAndFinish() {
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
    default void shouldReturnNoSessionForAResentTransitionAfterADelete() {
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
}
