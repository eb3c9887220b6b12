package io.sessiontracker.contract;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionVersion;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.SessionCalls.assertConflict;
import static io.sessiontracker.contract.SessionCalls.assertOnlyDone;
import static io.sessiontracker.contract.SessionCalls.data;

/** An update that a driver sends again was done once, as long as the session that it changed can be told from others. */
interface ResendUpdateRules extends DataFixture {

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
}
