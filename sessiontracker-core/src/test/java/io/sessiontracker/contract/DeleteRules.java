package io.sessiontracker.contract;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionVersion;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.SessionCalls.DUE_AT_ONCE;
import static io.sessiontracker.contract.SessionCalls.assertConflict;
import static io.sessiontracker.contract.SessionCalls.assertNotFound;
import static io.sessiontracker.contract.SessionCalls.assertOnlyDone;

/** Deleting. */
interface DeleteRules extends DataFixture {

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
}
