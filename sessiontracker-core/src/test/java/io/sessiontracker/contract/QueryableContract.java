package io.sessiontracker.contract;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.sessiontracker.contract.SessionCalls.AN_HOUR;
import static io.sessiontracker.contract.SessionCalls.NEVER;
import static io.sessiontracker.contract.SessionCalls.assertDone;
import static io.sessiontracker.contract.SessionCalls.sliding;
import static org.assertj.core.api.Assertions.assertThat;

/** Sessions that are in no index, beside others: which it is says the setting of the process that starts, finishes or resumes. */
interface QueryableContract extends SweepFixture {

    Lifetimes UNINDEXED = AN_HOUR.withQueryable(false);

    /** Each setting at the start, the finish and the resume, and of sessions with and without an end. */
    static Stream<Arguments> settings() {
        return IntStream.range(0, 8)
                .boxed()
                .flatMap(bits -> Stream.of(AN_HOUR, NEVER, sliding(3_600_000))
                        .map(life -> Arguments.of(
                                life.withQueryable((bits & 1) != 0),
                                life.withQueryable((bits & 2) != 0),
                                life.withQueryable((bits & 4) != 0))));
    }

    @ParameterizedTest
    @MethodSource("settings")
    default void shouldIndexAsTheLastSettingSays(Lifetimes started, Lifetimes finished, Lifetimes resumed) {
        TypeCalls type = type();
        SessionCalls session = type.session("a");
        SessionVersion version = starts(session, started);
        assertFound(type, started.queryable(), false);

        assertDone(session.update(version, indexed("b"), OperationToken.random()));
        assertFound(type, started.queryable(), false);

        assertDone(session.finish(null, finished, OperationToken.random()));
        assertFound(type, false, finished.queryable());
        assertThat(session.getFinished()).isInstanceOf(StoreReply.Done.class);

        assertDone(session.resume(null, resumed, OperationToken.random()));
        assertFound(type, resumed.queryable(), false);
        assertDone(session.touch());
        assertThat(SessionCalls.sessionOf(session.get()).data().properties()).isEqualTo(Map.of("tenant", "b"));

        assertDone(session.delete());
        assertFound(type, false, false);
    }

    @ParameterizedTest
    @MethodSource("settings")
    default void shouldReplaceWhateverTheSetting(Lifetimes first, Lifetimes second, Lifetimes third) {
        TypeCalls type = type();
        SessionCalls session = type.session("a");
        starts(session, first);
        assertDone(session.finish(null, second, OperationToken.random()));
        starts(session, third);
        assertFound(type, third.queryable(), second.queryable());

        assertDone(session.finish(null, first, OperationToken.random()));
        assertFound(type, false, first.queryable());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void shouldIndexAsARepeatedStartSays(boolean queryable) {
        TypeCalls type = type();
        SessionCalls session = type.session("a");
        String id = Fresh.id();
        session.start(List.of(id), indexed("a"), AN_HOUR.withQueryable(!queryable), OperationToken.random());
        session.start(List.of(id), indexed("a"), AN_HOUR.withQueryable(queryable), OperationToken.random());
        assertFound(type, queryable, false);
    }

    @Test
    default void shouldKeepWhatAResumeSaidAtARepeatedStart() {
        TypeCalls type = type();
        SessionCalls session = type.session("a");
        SessionVersion version = starts(session, AN_HOUR);
        assertDone(session.finish(null, AN_HOUR, OperationToken.random()));
        assertDone(session.resume(null, UNINDEXED, OperationToken.random()));
        session.start(List.of(Fresh.id(), version.id()), indexed("a"), AN_HOUR, OperationToken.random());
        assertFound(type, false, false);

        assertDone(session.finish(null, AN_HOUR, OperationToken.random()));
        assertDone(session.resume(null, AN_HOUR, OperationToken.random()));
        session.start(List.of(Fresh.id(), version.id()), indexed("a"), UNINDEXED, OperationToken.random());
        assertFound(type, true, false);
    }

    @Test
    default void shouldRecognizeReplays() {
        TypeCalls type = type();
        SessionCalls session = type.session("a");
        String id = Fresh.id();
        OperationToken start = OperationToken.random();
        OperationToken finish = OperationToken.random();
        OperationToken resume = OperationToken.random();
        for (int i = 0; i < 2; i++) {
            assertThat(session.start(List.of(id), indexed("a"), UNINDEXED, start))
                    .isInstanceOf(StoreReply.Started.class);
        }
        for (int i = 0; i < 2; i++) {
            assertDone(session.finish(null, UNINDEXED, finish));
        }
        for (int i = 0; i < 2; i++) {
            assertDone(session.resume(null, UNINDEXED, resume));
            assertDone(session.finish(null, UNINDEXED, finish));
        }
        assertThat(session.peek()).isInstanceOf(StoreReply.Done.class);
        assertFound(type, false, false);
    }

    @Test
    default void shouldAnswerWithTheRunningSession() {
        SessionCalls session = session();
        session.starts("a", UNINDEXED);
        for (Lifetimes lifetimes : List.of(UNINDEXED, AN_HOUR)) {
            assertThat(session.start(List.of(Fresh.id()), indexed("b"), lifetimes, OperationToken.random()))
                    .isInstanceOf(StoreReply.InProgress.class);
        }
    }

    @Test
    default void shouldDeliverWhatExpiredBeforeTheSettingChanged() {
        TypeCalls type = type();
        SessionVersion expired = startsDue(type, "a");
        starts(type.session("a"), UNINDEXED);
        startsDue(type, "b");
        assertThat(type.claimAll())
                .hasSize(2)
                .anyMatch(each -> each.session().version().equals(expired));
        assertThat(type.session("a").peek()).isInstanceOf(StoreReply.Done.class);
        assertFound(type, false, false);
    }

    @Test
    default void shouldLeaveThemToThemselvesInARepair() {
        TypeCalls type = type();
        starts(type.session("a"), UNINDEXED);
        starts(type.session("b"), AN_HOUR);
        assertDone(type.session("b").finish(null, UNINDEXED, OperationToken.random()));
        starts(type.session("indexed"), AN_HOUR);
        type.sweep(0, 0);

        assertThat(type.session("a").peek()).isInstanceOf(StoreReply.Done.class);
        assertThat(type.session("b").getFinished()).isInstanceOf(StoreReply.Done.class);
        assertFound(type, true, false);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void shouldForgetThemAtTheirDeadline(boolean finished) {
        TypeCalls type = type();
        SessionCalls session = type.session("a");
        Lifetimes brief = new Lifetimes(20, 0, 0, 0).withQueryable(false);
        starts(session, finished ? UNINDEXED : brief);
        if (finished) {
            assertDone(session.finish(null, brief, OperationToken.random()));
        }
        Probe.untilGone(this::storeTime, () -> finished ? session.getFinished() : session.peek());
        type.sweep(0, 0);
        SessionCalls.assertNotFound(session.peek());
        starts(session, UNINDEXED);
    }

    private static SessionData indexed(String tenant) {
        return new SessionData(Map.of("tenant", tenant), Set.of("tenant"), new byte[] {1});
    }

    private static SessionVersion starts(SessionCalls session, Lifetimes lifetimes) {
        StoreReply reply = session.start(List.of(Fresh.id()), indexed("a"), lifetimes, OperationToken.random());
        assertThat(reply).isInstanceOf(StoreReply.Started.class);
        return ((StoreReply.Started) reply).version();
    }

    /** By a count, by a scan, and by a scan of an index by property. */
    private static void assertFound(TypeCalls type, boolean running, boolean finished) {
        SessionFilter filter = SessionFilter.property("tenant").in("a", "b");
        assertThat(type.count()).as("running").isEqualTo(running ? 1 : 0);
        assertThat(type.countFinished()).as("finished").isEqualTo(finished ? 1 : 0);
        for (boolean ofFinished : new boolean[] {false, true}) {
            int expected = (ofFinished ? finished : running) ? 1 : 0;
            assertThat(type.scanAll(ofFinished, 10)).hasSize(expected);
            assertThat(type.scanAll(new SessionScan(type.type(), ofFinished, null, 10, filter, Set.of("tenant"))))
                    .hasSize(expected);
        }
    }
}
