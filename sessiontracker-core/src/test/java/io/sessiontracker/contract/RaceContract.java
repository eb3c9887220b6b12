package io.sessiontracker.contract;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.SessionCalls.assertAlreadyFinished;
import static io.sessiontracker.contract.SessionCalls.assertAlreadyResumed;
import static io.sessiontracker.contract.SessionCalls.assertConflict;
import static io.sessiontracker.contract.SessionCalls.assertDone;
import static io.sessiontracker.contract.SessionCalls.assertNotFound;
import static io.sessiontracker.contract.SessionCalls.sessionOf;
import static io.sessiontracker.contract.SessionCalls.state;
import static org.assertj.core.api.Assertions.assertThat;

/** Each call is one atomic step, also when several come at once. */
interface RaceContract extends DataFixture {

    int THREADS = 6;
    int ROUNDS = 25;

    @Test
    default void shouldLetOneOfManyStarts() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            SessionCalls session = session();
            Callable<StoreReply> start = () -> session.startAnother(true);
            List<StoreReply> replies = Race.run(Collections.nCopies(THREADS, start));

            List<StoreReply.Started> started = replies.stream()
                    .filter(StoreReply.Started.class::isInstance)
                    .map(StoreReply.Started.class::cast)
                    .toList();
            assertThat(started).hasSize(1);
            assertThat(replies.stream().filter(StoreReply.InProgress.class::isInstance))
                    .hasSize(THREADS - 1)
                    .allSatisfy(reply -> assertThat(
                                    ((StoreReply.InProgress) reply).running().version())
                            .isEqualTo(started.get(0).version()));
        }
    }

    @Test
    default void shouldLoseNoUpdate() throws Exception {
        SessionCalls session = session();
        SessionVersion first = session.starts("0");
        int each = 40;
        Callable<Integer> increments = () -> {
            int done = 0;
            while (done < each) {
                StoredSession read = sessionOf(session.get());
                String next = String.valueOf(Integer.parseInt(state(read)) + 1);
                done += session.update(read.version(), next) instanceof StoreReply.Done ? 1 : 0;
            }
            return done;
        };
        Race.run(Collections.nCopies(THREADS, increments));

        int all = THREADS * each;
        session.assertRunning(new SessionVersion(first.id(), 1 + all), String.valueOf(all));
    }

    @Test
    default void shouldNeitherLoseAnUpdateNorReviveAFinishedSession() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            SessionCalls session = session();
            SessionVersion first = session.starts("a");
            List<StoreReply> replies = Race.run(List.of(() -> session.update(first, "b"), session::finish));

            assertDone(replies.get(1));
            session.assertNothingRuns();
            if (replies.get(0) instanceof StoreReply.Done) {
                session.assertFinished(first.next(), "b");
            } else {
                assertAlreadyFinished(replies.get(0));
                session.assertFinished(first, "a");
            }
        }
    }

    @Test
    default void shouldLetOneOfAnUpdateAndAFinishOfTheSameVersion() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            SessionCalls session = session();
            SessionVersion first = session.starts("a");
            List<StoreReply> replies = Race.run(List.of(() -> session.update(first, "b"), () -> session.finish(first)));

            if (replies.get(0) instanceof StoreReply.Done) {
                assertConflict(replies.get(1), 2);
                session.assertRunning(first.next(), "b");
                session.assertNothingFinished();
            } else {
                assertAlreadyFinished(replies.get(0));
                assertDone(replies.get(1));
                session.assertFinished(first, "a");
            }
        }
    }

    @Test
    default void shouldLetOneOfAResumeAndAStart() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            SessionCalls session = session();
            SessionVersion finished = session.startsAndFinishes("a");
            List<StoreReply> replies = Race.run(List.of(session::resume, () -> session.startAnother(false)));

            if (replies.get(0) instanceof StoreReply.Done) {
                assertThat(replies.get(1)).isInstanceOf(StoreReply.InProgress.class);
                session.assertRunning(finished, "a");
                session.assertNothingFinished();
            } else {
                assertAlreadyResumed(replies.get(0));
                assertThat(replies.get(1))
                        .isInstanceOfSatisfying(
                                StoreReply.Started.class,
                                started -> session.assertRunning(started.version(), "another"));
                session.assertFinished(finished, "a");
            }
        }
    }

    @Test
    default void shouldFinishAndResumeOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            SessionCalls session = session();
            session.starts("a");
            Callable<StoreReply> finish = session::finish;
            assertThat(Race.run(Collections.nCopies(THREADS, finish)).stream()
                            .filter(StoreReply.Done.class::isInstance))
                    .hasSize(1);
            Callable<StoreReply> resume = session::resume;
            assertThat(Race.run(Collections.nCopies(THREADS, resume)).stream()
                            .filter(StoreReply.Done.class::isInstance))
                    .hasSize(1);
        }
    }

    @Test
    default void shouldNotReviveADeletedSession() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            SessionCalls session = session();
            SessionVersion first = session.starts("a");
            List<StoreReply> replies =
                    Race.run(List.of(session::delete, () -> session.update(first, "b"), session::get, session::touch));

            assertDone(replies.get(0));
            assertNotFound(session.peek());
            assertNotFound(session.getFinished());
        }
    }
}
