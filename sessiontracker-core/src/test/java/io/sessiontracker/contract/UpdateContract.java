package io.sessiontracker.contract;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.SessionCalls.DUE_AT_ONCE;
import static io.sessiontracker.contract.SessionCalls.assertAlreadyFinished;
import static io.sessiontracker.contract.SessionCalls.assertConflict;
import static io.sessiontracker.contract.SessionCalls.assertNotFound;
import static io.sessiontracker.contract.SessionCalls.assertOnlyDone;
import static io.sessiontracker.contract.SessionCalls.assertSession;
import static io.sessiontracker.contract.SessionCalls.data;
import static io.sessiontracker.contract.SessionCalls.sessionOf;
import static org.assertj.core.api.Assertions.assertThat;

/** Compare-and-set on id and version, and an update that is tried again. */
interface UpdateContract extends DataFixture {

    @Test
    default void shouldReplaceTheStateAndRaiseTheVersion() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        long startedAt = sessionOf(session.peek()).startedAt();

        assertOnlyDone(session.update(first, "b"));
        session.assertRunning(first.next(), "b");
        assertOnlyDone(session.update(first.next(), "c"));
        session.assertRunning(first.next().next(), "c");
        assertThat(sessionOf(session.peek()).startedAt()).isEqualTo(startedAt);
    }

    @Test
    default void shouldRefuseAnotherVersion() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        session.update(first, "b");

        assertConflict(session.update(first, "stale"), 2);
        assertConflict(session.update(first.next().next(), "from the future"), 2);
        session.assertRunning(first.next(), "b");
    }

    /** A store need not have the session at hand. */
    @Test
    default void shouldCarryNothingButTheStoredSessionWithAConflict() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        session.update(first, "b");
        StoreReply.VersionConflict conflict = (StoreReply.VersionConflict) session.update(first, "stale");

        if (conflict.session() != null) {
            assertSession(new StoreReply.Done(conflict.session(), 0), first.next(), "b");
            assertThat(conflict.session().startedAt())
                    .isEqualTo(sessionOf(session.peek()).startedAt());
        }
    }

    @Test
    default void shouldRefuseAnotherStartAtTheSameVersion() {
        SessionCalls session = session();
        SessionVersion deleted = session.starts("a");
        session.delete();
        SessionVersion running = session.starts("b");

        assertConflict(session.update(deleted, "stale"), 1);
        session.assertRunning(running, "b");
    }

    @Test
    default void shouldChangeOnlyARunningSession() {
        SessionCalls session = session();
        assertNotFound(session.update(new SessionVersion(Fresh.id(), 1), "b"));
        assertNotFound(session.peek());

        SessionVersion finished = session.startsAndFinishes("a");
        assertAlreadyFinished(session.update(finished, "b"));
        session.assertFinished(finished, "a");
        session.assertNothingRuns();
    }

    @Test
    default void shouldNotReviveADueSession() {
        SessionCalls session = session();
        SessionVersion due = session.starts("a", DUE_AT_ONCE);

        assertNotFound(session.update(due, "b"));
        assertNotFound(session.peek());
    }

    @Test
    default void shouldStoreALaterAttemptUnderTheSameVersion() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        OperationToken token = OperationToken.random();
        session.update(first, data("b"), token);

        assertOnlyDone(session.update(first, data("c"), token.next()));
        session.assertRunning(first.next(), "c");
    }

    @Test
    default void shouldNotLetAnEarlierAttemptReplaceALaterOne() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        OperationToken token = OperationToken.random();
        session.update(first, data("second"), token.next());

        session.update(first, data("first"), token);
        session.assertRunning(first.next(), "second");
    }

    @Test
    default void shouldRefuseALaterAttemptAfterAnotherWrite() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        OperationToken token = OperationToken.random();
        session.update(first, data("b"), token);
        session.update(first.next(), "theirs");

        assertConflict(session.update(first, data("c"), token.next()), 3);
        session.assertRunning(first.next().next(), "theirs");
    }

    @Test
    default void shouldNotTakeAnotherOperationsWriteForItsOwn() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        session.update(first, "theirs");

        assertConflict(session.update(first, data("b"), OperationToken.random().next()), 2);
        session.assertRunning(first.next(), "theirs");
    }

    @Test
    default void shouldConfirmItsUpdateOfASessionFinishedSince() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        OperationToken token = OperationToken.random();
        session.update(first, data("b"), token);
        session.finish();

        assertOnlyDone(session.update(first, data("c"), token.next()));
        session.assertFinished(first.next(), "b");
        session.assertNothingRuns();
    }

    @Test
    default void shouldConfirmItsUpdateOfASessionFinishedAndReplaced() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        OperationToken token = OperationToken.random();
        session.update(first, data("b"), token);
        session.finish();
        SessionVersion running = session.starts("theirs");

        assertOnlyDone(session.update(first, data("c"), token.next()));
        session.assertFinished(first.next(), "b");
        session.assertRunning(running, "theirs");
    }

    @Test
    default void shouldNotTakeASessionFinishedEarlierForItsOwnUpdate() {
        SessionCalls session = session();
        SessionVersion first = session.starts("a");
        OperationToken token = OperationToken.random();
        session.update(first, data("b"), token);
        session.finish();

        assertAlreadyFinished(session.update(first.next(), data("c"), token));
        assertAlreadyFinished(session.update(first, data("c"), OperationToken.random()));
        session.assertFinished(first.next(), "b");
    }
}
