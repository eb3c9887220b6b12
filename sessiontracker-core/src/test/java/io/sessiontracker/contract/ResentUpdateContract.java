package io.sessiontracker.contract;

import java.util.List;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionVersion;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.SessionCalls.assertConflict;
import static io.sessiontracker.contract.SessionCalls.assertOnlyDone;
import static io.sessiontracker.contract.SessionCalls.data;

/** An update that a driver sends again was done once, whatever others did since. */
interface ResentUpdateContract extends DataFixture {

    @Test
    default void shouldConfirmAResentUpdate() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        OperationToken token = OperationToken.random();

        assertOnlyDone(session.update(first, data("b"), token));
        assertOnlyDone(session.update(first, data("b"), token));
        session.assertRunning(first.next(), "b");
    }

    @Test
    default void shouldConfirmAResentUpdateAfterAFinishAndAResume() {
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
    default void shouldConfirmAResentUpdateAfterThreeOthers() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        OperationToken token = OperationToken.random();
        assertOnlyDone(session.update(first, data("b"), token));
        SessionVersion theirs = first.next();
        for (String state : List.of("theirs 1", "theirs 2", "theirs 3")) {
            assertOnlyDone(session.update(theirs, state));
            theirs = theirs.next();
            assertOnlyDone(session.update(first, data("b"), token));
            session.assertRunning(theirs, state);
        }
        assertConflict(session.update(first, "another"), theirs.version());
        session.assertRunning(theirs, "theirs 3");
    }

    @Test
    default void shouldRefuseALaterAttemptOfAnUpdateAfterAnother() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        OperationToken token = OperationToken.random();
        session.update(first, data("b"), token);
        session.update(first.next(), "theirs");

        assertConflict(session.update(first, data("c"), token.next()), 3);
        session.assertRunning(first.next().next(), "theirs");
    }

    @Test
    default void shouldConfirmAResentUpdateAfterAnotherAndAFinish() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        OperationToken token = OperationToken.random();
        session.update(first, data("b"), token);
        session.update(first.next(), "theirs");
        session.finish();

        assertOnlyDone(session.update(first, data("b"), token));
        session.assertNothingRuns();
    }

    @Test
    default void shouldConfirmAResentUpdateAfterAnotherAndADelete() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        OperationToken token = OperationToken.random();
        session.update(first, data("b"), token);
        session.update(first.next(), "theirs");
        session.delete();

        assertOnlyDone(session.update(first, data("b"), token));
        session.assertNothingRuns();
    }

    @Test
    default void shouldConfirmAResentUpdateAfterADeleteAndAStart() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        OperationToken token = OperationToken.random();
        session.update(first, data("b"), token);
        session.delete();
        SessionVersion theirs = session.starts("theirs");

        assertOnlyDone(session.update(first, data("b"), token));
        session.assertRunning(theirs, "theirs");
        assertConflict(session.update(first, "another"), 1);
    }

    @Test
    default void shouldConfirmAResentUpdateAfterADelete() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        OperationToken token = OperationToken.random();
        session.update(first, data("b"), token);
        session.delete();

        assertOnlyDone(session.update(first, data("b"), token));
        session.assertNothingRuns();
    }
}
