package io.sessiontracker.contract;

import java.util.List;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.SessionCalls.AN_HOUR;
import static io.sessiontracker.contract.SessionCalls.DUE_AT_ONCE;
import static io.sessiontracker.contract.SessionCalls.assertSession;
import static io.sessiontracker.contract.SessionCalls.data;
import static io.sessiontracker.contract.SessionCalls.sessionOf;
import static org.assertj.core.api.Assertions.assertThat;

/** Starting, and starting the very same session again. */
interface StartContract extends DataFixture {

    @Test
    default void shouldStartWithTheFirstIdAtVersionOneByTheStoresClock() {
        SessionCalls session = session();
        String id = Fresh.id();
        long before = storeTime();
        StoreReply reply = session.start(List.of(id, Fresh.id()), data("a"), AN_HOUR, OperationToken.random());
        long after = storeTime();

        assertThat(reply).isInstanceOfSatisfying(StoreReply.Started.class, started -> {
            assertThat(started.version()).isEqualTo(new SessionVersion(id, 1));
            assertThat(started.startedAt()).isBetween(before, after);
            assertThat(sessionOf(session.peek()).startedAt()).isEqualTo(started.startedAt());
        });
        session.assertRunning(new SessionVersion(id, 1), "a");
    }

    @Test
    default void shouldAnswerTheSessionThatRuns() {
        SessionCalls session = session();
        SessionVersion running = session.starts("a");
        session.update(running, "b");

        for (boolean touchRunning : new boolean[] {false, true}) {
            StoreReply reply = session.startAnother(touchRunning);
            assertThat(reply)
                    .isInstanceOfSatisfying(
                            StoreReply.InProgress.class,
                            progress -> assertSession(new StoreReply.Done(progress.running(), 0), running.next(), "b"));
        }
        session.assertRunning(running.next(), "b");
    }

    @Test
    default void shouldStartBesideAFinishedSession() {
        SessionCalls session = session();
        SessionVersion finished = session.startsAndFinishes("a");
        SessionVersion running = session.starts("b");

        session.assertRunning(running, "b");
        session.assertFinished(finished, "a");
    }

    @Test
    default void shouldStartOverASessionThatIsDue() {
        SessionCalls session = session();
        SessionVersion due = session.starts("a", DUE_AT_ONCE);
        SessionVersion running = session.starts("b");

        assertThat(running.id()).isNotEqualTo(due.id());
        session.assertRunning(running, "b");
    }

    @Test
    default void shouldReplaceTheStateOfTheVerySessionStartedAgain() {
        SessionCalls session = session();
        SessionVersion version = session.starts("a");
        long startedAt = sessionOf(session.peek()).startedAt();
        for (List<String> ids : List.of(List.of(version.id()), List.of(Fresh.id(), Fresh.id(), version.id()))) {
            String state = "again with " + ids.size();
            StoreReply reply = session.start(ids, data(state), AN_HOUR, OperationToken.random());

            assertThat(reply).isInstanceOfSatisfying(StoreReply.Started.class, started -> {
                assertThat(started.version()).isEqualTo(version);
                assertThat(started.startedAt()).isEqualTo(startedAt);
            });
            session.assertRunning(version, state);
            assertThat(sessionOf(session.peek()).startedAt()).isEqualTo(startedAt);
        }
    }

    @Test
    default void shouldReplaceTheLifetimesOfTheVerySessionStartedAgain() {
        SessionCalls session = session();
        SessionVersion version = session.starts("a");
        session.start(List.of(Fresh.id(), version.id()), data("b"), DUE_AT_ONCE, OperationToken.random());

        SessionCalls.assertNotFound(session.peek());
    }

    @Test
    default void shouldKeepAResumedSessionsLifetimesOnARepeatedStart() {
        SessionCalls session = session();
        SessionVersion version = session.startsAndFinishes("a");
        session.resume();
        // Over already, if it counted.
        StoreReply reply =
                session.start(List.of(Fresh.id(), version.id()), data("b"), DUE_AT_ONCE, OperationToken.random());

        assertThat(reply).isInstanceOf(StoreReply.Started.class);
        session.assertRunning(version, "b");
    }

    @Test
    default void shouldNotTakeAChangedSessionForTheVerySame() {
        SessionCalls session = session();
        SessionVersion version = session.starts("a");
        session.update(version, "b");
        StoreReply reply =
                session.start(List.of(Fresh.id(), version.id()), data("c"), AN_HOUR, OperationToken.random());

        assertThat(reply).isInstanceOf(StoreReply.InProgress.class);
        session.assertRunning(version.next(), "b");
    }

    @Test
    default void shouldStartAnewWhenTheVerySessionWasFinished() {
        SessionCalls session = session();
        SessionVersion finished = session.startsAndFinishes("a");
        String id = Fresh.id();
        session.start(List.of(id, finished.id()), data("b"), AN_HOUR, OperationToken.random());

        session.assertRunning(new SessionVersion(id, 1), "b");
        session.assertFinished(finished, "a");
    }

    @Test
    default void shouldLetOnlyALaterAttemptReplaceAnEarlierOne() {
        SessionCalls session = session();
        OperationToken first = OperationToken.random();
        String id = first.newSessionId();
        session.start(List.of(id), data("first"), AN_HOUR, first);
        session.start(List.of(first.newSessionId(), id), data("second"), AN_HOUR, first.next());
        session.assertRunning(new SessionVersion(id, 1), "second");

        session.start(List.of(id), data("first"), AN_HOUR, first);
        session.assertRunning(new SessionVersion(id, 1), "second");
    }
}
