package io.sessiontracker.contract;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionVersion;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.SessionCalls.DUE_AT_ONCE;
import static io.sessiontracker.contract.SessionCalls.NEVER;
import static io.sessiontracker.contract.SessionCalls.assertAlreadyResumed;
import static io.sessiontracker.contract.SessionCalls.assertConflict;
import static io.sessiontracker.contract.SessionCalls.assertNotFound;
import static io.sessiontracker.contract.SessionCalls.assertOnlyDone;
import static io.sessiontracker.contract.SessionCalls.assertSession;
import static io.sessiontracker.contract.SessionCalls.sessionOf;
import static org.assertj.core.api.Assertions.assertThat;

/** Resuming. */
interface ResumeContract extends DataFixture {

    @Test
    default void shouldResumeTheFinishedSession() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        session.update(first, "b");
        long startedAt = sessionOf(session.finish()).startedAt();

        assertSession(session.resume(), first.next(), "b");
        session.assertRunning(first.next(), "b");
        assertThat(sessionOf(session.peek()).startedAt()).isEqualTo(startedAt);
        assertAlreadyResumed(session.getFinished());
        assertOnlyDone(session.update(first.next(), "c"));
    }

    @Test
    default void shouldReturnTheResumedSessionOnlyOnRequest() {
        SessionCalls session = session();
        session.startsAndFinishes("a");

        assertOnlyDone(session.resumeSilently(OperationToken.random()));
    }

    @Test
    default void shouldNeverResumeOverARunningSession() {
        SessionCalls session = session();
        SessionVersion finished = session.startsAndFinishes("a");
        SessionVersion running = session.starts("b");

        assertAlreadyResumed(session.resume());
        assertAlreadyResumed(session.resume(finished));
        assertAlreadyResumed(session.resume(new SessionVersion(Fresh.id(), 7)));
        session.assertRunning(running, "b");
        session.assertFinished(finished, "a");
    }

    @Test
    default void shouldReportThatItRunsForAnyVersion() {
        SessionCalls session = session();
        SessionVersion running = session.starts("a");

        assertAlreadyResumed(session.resume());
        assertAlreadyResumed(session.resume(running));
        assertAlreadyResumed(session.resume(running.next()));
        session.assertRunning(running, "a");
    }

    @Test
    default void shouldResumeOnlyTheExpectedVersion() {
        SessionCalls session = session();
        SessionVersion finished = session.startsAndFinishes("a");

        assertConflict(session.resume(finished.next()), 1);
        assertConflict(session.resume(new SessionVersion(Fresh.id(), 1)), 1);
        session.assertNothingRuns();
        assertSession(session.resume(finished), finished, "a");
        session.assertRunning(finished, "a");
    }

    @Test
    default void shouldFindNothingToResume() {
        SessionCalls session = session();

        assertNotFound(session.resume());
        assertNotFound(session.resume(new SessionVersion(Fresh.id(), 1)));
    }

    @Test
    default void shouldResumeOverADueSession() {
        SessionCalls session = session();
        SessionVersion finished = session.startsAndFinishes("a");
        session.starts("b", DUE_AT_ONCE);

        assertSession(session.resume(finished), finished, "a");
        session.assertRunning(finished, "a");
    }

    @Test
    default void shouldReplaceLifetimesWhenResuming() {
        SessionCalls session = session();
        session.starts("a", NEVER);
        session.finish(null, NEVER, OperationToken.random());
        session.resume(null, DUE_AT_ONCE, OperationToken.random());

        assertNotFound(session.peek());
        assertNotFound(session.getFinished());
    }
}
