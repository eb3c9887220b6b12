package io.sessiontracker.contract;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionVersion;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.SessionCalls.DUE_AT_ONCE;
import static io.sessiontracker.contract.SessionCalls.assertAlreadyFinished;
import static io.sessiontracker.contract.SessionCalls.assertAlreadyResumed;
import static io.sessiontracker.contract.SessionCalls.assertNotFound;
import static io.sessiontracker.contract.SessionCalls.assertOnlyDone;
import static io.sessiontracker.contract.SessionCalls.assertSession;

/** Reading and touching. */
interface ReadContract extends DataFixture {

    @Test
    default void shouldReadTheRunningSession() {
        SessionCalls session = session();
        SessionVersion version = session.starts("a");

        assertSession(session.get(), version, "a");
        assertSession(session.peek(), version, "a");
        assertOnlyDone(session.touch());
        assertAlreadyResumed(session.getFinished());
    }

    @Test
    default void shouldFindNothingWhereNothingIs() {
        SessionCalls session = session();

        assertNotFound(session.get());
        assertNotFound(session.peek());
        assertNotFound(session.getFinished());
        assertNotFound(session.touch());
    }

    @Test
    default void shouldDistinguishAFinishedSessionFromNone() {
        SessionCalls session = session();
        SessionVersion version = session.startsAndFinishes("a");

        assertAlreadyFinished(session.get());
        assertAlreadyFinished(session.peek());
        assertAlreadyFinished(session.touch());
        assertSession(session.getFinished(), version, "a");
    }

    @Test
    default void shouldReadTheFinishedSessionWhileAnotherRuns() {
        SessionCalls session = session();
        SessionVersion finished = session.startsAndFinishes("a");
        SessionVersion running = session.starts("b");

        assertSession(session.getFinished(), finished, "a");
        assertSession(session.get(), running, "b");
    }

    @Test
    default void shouldReportTheFinishedSessionBesideADueOne() {
        SessionCalls session = session();
        session.startsAndFinishes("a");
        session.starts("b", DUE_AT_ONCE);

        assertAlreadyFinished(session.get());
        assertAlreadyFinished(session.peek());
        assertAlreadyFinished(session.touch());
    }

    @Test
    default void shouldReportTheRunningSessionBesideADueFinishedOne() {
        SessionCalls session = session();
        session.starts("a");
        session.finish(null, DUE_AT_ONCE, OperationToken.random());
        assertNotFound(session.getFinished());
        assertNotFound(session.get());

        session.starts("b");
        assertAlreadyResumed(session.getFinished());
    }
}
