package io.sessiontracker.contract;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionVersion;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.SessionCalls.DUE_AT_ONCE;
import static io.sessiontracker.contract.SessionCalls.assertConflict;
import static io.sessiontracker.contract.SessionCalls.assertNotFound;
import static io.sessiontracker.contract.SessionCalls.assertOnlyDone;
import static io.sessiontracker.contract.SessionCalls.assertSession;

/** Deleting. */
interface DeleteContract extends DataFixture {

    @Test
    default void shouldDeleteTheRunningAndTheFinishedSession() {
        SessionCalls session = session();
        session.startsAndFinishes("a");
        session.starts("b");

        assertOnlyDone(session.delete());
        assertNotFound(session.peek());
        assertNotFound(session.getFinished());
    }

    @Test
    default void shouldDeleteWhereOnlyOneIs() {
        SessionCalls running = session();
        running.starts("a");
        assertOnlyDone(running.delete());
        assertNotFound(running.peek());

        SessionCalls finished = session();
        finished.startsAndFinishes("a");
        assertOnlyDone(finished.delete());
        assertNotFound(finished.getFinished());
    }

    @Test
    default void shouldFindNothingToDelete() {
        SessionCalls session = session();
        assertNotFound(session.delete());
        assertNotFound(session.delete(new SessionVersion(Fresh.id(), 1)));

        SessionVersion due = session.starts("a", DUE_AT_ONCE);
        assertNotFound(session.delete());
        assertNotFound(session.delete(due));
        session.starts("b");
        session.finish(null, DUE_AT_ONCE, OperationToken.random());
        assertNotFound(session.delete());
    }

    @Test
    default void shouldDeleteOnlyTheRunningSession() {
        SessionCalls session = session();
        SessionVersion finished = session.startsAndFinishes("a");
        SessionVersion running = session.starts("b");

        assertOnlyDone(session.delete(running));
        session.assertNothingRuns();
        session.assertFinished(finished, "a");
    }

    @Test
    default void shouldDeleteOnlyTheFinishedSession() {
        SessionCalls session = session();
        SessionVersion finished = session.startsAndFinishes("a");
        SessionVersion running = session.starts("b");

        assertOnlyDone(session.delete(finished));
        session.assertNothingFinished();
        session.assertRunning(running, "b");
    }

    /** A transition keeps id and version, so these alone do not say which of the two is expected. */
    @Test
    default void shouldDeleteOnlyTheExpectedVersion() {
        SessionCalls session = session();
        SessionVersion version = session.startsAndFinishes("a");
        assertNotFound(session.delete(SessionStates.RUNNING, version));
        assertNotFound(session.delete(SessionStates.RUNNING, null));
        session.assertFinished(version, "a");
        session.resume();
        assertNotFound(session.delete(SessionStates.FINISHED, version));
        session.assertRunning(version, "a");

        session.finish();
        session.starts("b");
        assertOnlyDone(session.delete(SessionStates.RUNNING, null));
        session.assertFinished(version, "a");
        SessionVersion running = session.starts("c");
        assertConflict(session.delete(SessionStates.FINISHED, version.next()), 1);
        assertOnlyDone(session.delete(SessionStates.FINISHED, version));
        session.assertRunning(running, "c");
        session.assertNothingFinished();
    }

    @Test
    default void shouldDeleteNothingAtAnotherVersion() {
        SessionCalls session = session();
        SessionVersion first = session.startsAndFinishes("a");
        assertConflict(session.delete(first.next()), 1);
        assertConflict(session.delete(new SessionVersion(Fresh.id(), 1)), 1);
        session.assertFinished(first, "a");

        SessionVersion second = session.starts("b");
        session.update(second, "c");
        assertConflict(session.delete(second), 2);
        assertConflict(session.delete(first.next()), 2);
        session.assertRunning(second.next(), "c");
        session.assertFinished(first, "a");
    }

    @Test
    default void shouldReturnTheDeletedSession() {
        SessionCalls session = session();
        session.startsAndFinishes("a");
        SessionVersion running = session.starts("b");
        assertSession(session.deleteReturning(null), running, "b");
        assertNotFound(session.deleteReturning(null));

        SessionVersion finished = session.startsAndFinishes("c");
        running = session.starts("d");
        assertConflict(session.deleteReturning(finished.next()), 1);
        assertSession(session.deleteReturning(finished), finished, "c");
        assertSession(session.deleteReturning(running), running, "d");

        finished = session.startsAndFinishes("e");
        assertSession(session.deleteReturning(null), finished, "e");
        session.assertNothingFinished();
    }
}
