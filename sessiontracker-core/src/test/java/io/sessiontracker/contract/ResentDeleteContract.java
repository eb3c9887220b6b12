package io.sessiontracker.contract;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionVersion;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.SessionCalls.assertOnlyDone;
import static io.sessiontracker.contract.SessionCalls.sessionOf;
import static io.sessiontracker.contract.SessionCalls.state;
import static org.assertj.core.api.Assertions.assertThat;

/** A delete that a driver sends again deletes nothing that was started since. */
interface ResentDeleteContract extends DataFixture {

    @Test
    default void shouldConfirmAResentDelete() {
        SessionCalls session = session();
        OperationToken token = OperationToken.random();
        session.startsAndFinishes("a");
        session.starts("b");

        assertOnlyDone(session.delete(null, token));
        assertOnlyDone(session.delete(null, token));
    }

    @Test
    default void shouldConfirmAResentDeleteOfOneVersion() {
        SessionCalls session = session();
        OperationToken token = OperationToken.random();
        SessionVersion finished = session.startsAndFinishes("a");
        SessionVersion running = session.starts("b");

        assertOnlyDone(session.delete(running, token));
        assertOnlyDone(session.delete(running, token));
        session.assertFinished(finished, "a");
    }

    @Test
    default void shouldNotDeleteANewSessionWithAResentDelete() {
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
    default void shouldNotDeleteAgainAfterAnotherStartAndDelete() {
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
    default void shouldReturnNoSessionForAResentDelete() {
        SessionCalls session = session();
        session.starts("a");
        OperationToken token = OperationToken.random();

        assertThat(state(sessionOf(session.deleteReturning(null, token)))).isEqualTo("a");
        assertOnlyDone(session.deleteReturning(null, token));
    }
}
