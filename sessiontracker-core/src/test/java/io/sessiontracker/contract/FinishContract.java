package io.sessiontracker.contract;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionVersion;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.SessionCalls.DUE_AT_ONCE;
import static io.sessiontracker.contract.SessionCalls.NEVER;
import static io.sessiontracker.contract.SessionCalls.assertAlreadyFinished;
import static io.sessiontracker.contract.SessionCalls.assertConflict;
import static io.sessiontracker.contract.SessionCalls.assertNotFound;
import static io.sessiontracker.contract.SessionCalls.assertOnlyDone;
import static io.sessiontracker.contract.SessionCalls.assertSession;
import static io.sessiontracker.contract.SessionCalls.sessionOf;
import static org.assertj.core.api.Assertions.assertThat;

/** Finishing. */
interface FinishContract extends DataFixture {

    @Test
    default void shouldFinishTheRunningSession() {
        SessionCalls session = session();
        SessionVersion version = session.starts("a");
        long startedAt = sessionOf(session.peek()).startedAt();

        assertSession(session.finish(), version, "a");
        assertAlreadyFinished(session.peek());
        session.assertFinished(version, "a");
        assertThat(sessionOf(session.getFinished()).startedAt()).isEqualTo(startedAt);
    }

    @Test
    default void shouldReturnTheFinishedSessionOnlyOnRequest() {
        SessionCalls session = session();
        session.starts("a");

        assertOnlyDone(session.finishSilently(OperationToken.random()));
    }

    @Test
    default void shouldReplaceAnEarlierFinishedSession() {
        SessionCalls session = session();
        session.startsAndFinishes("a");
        SessionVersion second = session.startsAndFinishes("b");

        session.assertFinished(second, "b");
        session.assertNothingRuns();
    }

    @Test
    default void shouldFinishOnlyTheExpectedVersion() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        session.update(first, "b");

        assertConflict(session.finish(first), 2);
        assertConflict(session.finish(new SessionVersion(Fresh.id(), 2)), 2);
        session.assertRunning(first.next(), "b");
        session.assertNothingFinished();

        assertSession(session.finish(first.next()), first.next(), "b");
        session.assertNothingRuns();
    }

    @Test
    default void shouldFindNothingToFinish() {
        SessionCalls session = session();

        assertNotFound(session.finish());
        assertNotFound(session.finish(new SessionVersion(Fresh.id(), 1)));

        SessionVersion due = session.starts("a", DUE_AT_ONCE);
        assertNotFound(session.finish());
        assertNotFound(session.finish(due));
        session.assertNothingFinished();
    }

    @Test
    default void shouldReportThatItIsFinishedAlready() {
        SessionCalls session = session();
        SessionVersion finished = session.startsAndFinishes("a");

        assertAlreadyFinished(session.finish());
        assertAlreadyFinished(session.finish(finished));
        assertConflict(session.finish(finished.next()), 1);
        assertConflict(session.finish(new SessionVersion(Fresh.id(), 1)), 1);
        session.assertFinished(finished, "a");
    }

    @Test
    default void shouldReportThatItIsFinishedWhileAnotherRuns() {
        SessionCalls session = session();
        SessionVersion finished = session.startsAndFinishes("a");
        SessionVersion running = session.starts("b");
        session.update(running, "c");

        assertAlreadyFinished(session.finish(finished));
        assertConflict(session.finish(new SessionVersion(Fresh.id(), 1)), 2);
        session.assertRunning(running.next(), "c");
        session.assertFinished(finished, "a");
    }

    @Test
    default void shouldReplaceLifetimesWhenFinishing() {
        SessionCalls due = session();
        due.starts("a", NEVER);
        due.finish(null, DUE_AT_ONCE, OperationToken.random());
        assertNotFound(due.getFinished());
        assertNotFound(due.finish());
        assertNotFound(due.resume());
    }
}
