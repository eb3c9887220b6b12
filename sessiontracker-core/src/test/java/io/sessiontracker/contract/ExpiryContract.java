package io.sessiontracker.contract;

import java.util.List;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.sessiontracker.contract.SessionCalls.AN_HOUR;
import static io.sessiontracker.contract.SessionCalls.DUE_AT_ONCE;
import static io.sessiontracker.contract.SessionCalls.NEVER;
import static io.sessiontracker.contract.SessionCalls.assertAlreadyFinished;
import static io.sessiontracker.contract.SessionCalls.assertConflict;
import static io.sessiontracker.contract.SessionCalls.assertNotFound;
import static io.sessiontracker.contract.SessionCalls.data;
import static io.sessiontracker.contract.SessionCalls.expiresAt;
import static io.sessiontracker.contract.SessionCalls.sessionOf;
import static io.sessiontracker.contract.SessionCalls.sliding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** When a session is due: what replies say of it, and other lifetimes for one that runs. */
interface ExpiryContract extends SweepFixture {

    long HOUR = 3_600_000;

    /** A store may know a sliding deadline from what is left of it only, and count that in whole milliseconds. */
    long ROUNDING = 2;

    @Test
    default void shouldAnswerWhenAStartedSessionIsDue() {
        long deadline = storeTime() + HOUR;

        assertThat(started(NEVER).expiresAt()).isEqualTo(StoredSession.NEVER);
        assertThat(started(new Lifetimes(0, deadline, 0, 0)).expiresAt()).isEqualTo(deadline);
        StoreReply.Started started = started(AN_HOUR);
        assertThat(started.expiresAt()).isEqualTo(started.startedAt() + HOUR);
        StoreReply.Started touched = started(new Lifetimes(HOUR, 0, 60_000, 0));
        assertThat(touched.expiresAt()).isEqualTo(touched.startedAt() + 60_000);
    }

    private StoreReply.Started started(Lifetimes lifetimes) {
        return (StoreReply.Started) session().start(List.of(Fresh.id()), data("a"), lifetimes, OperationToken.random());
    }

    @Test
    default void shouldAnswerWhenASessionIsDueThatIsTouchedOrWritten() {
        SessionCalls session = session();
        SessionVersion version = session.starts("a", sliding(HOUR));
        await().atMost(Probe.MAX_WAIT).until(() -> session.expiresAt() < storeTime() + HOUR);
        long before = storeTime();

        assertIsDue(sessionOf(session.get()).expiresAt(), before, HOUR);
        assertIsDue(expiresAt(session.update(version, "b")), before, HOUR);
        assertIsDue(
                sessionOf(session.finish(null, sliding(60_000), OperationToken.random()))
                        .expiresAt(),
                before,
                60_000);
        assertIsDue(sessionOf(session.getFinished()).expiresAt(), before, 60_000);
        assertIsDue(
                sessionOf(session.resume(null, sliding(30_000), OperationToken.random()))
                        .expiresAt(),
                before,
                30_000);
    }

    private void assertIsDue(long deadline, long countedFrom, long lifetime) {
        assertThat(deadline).isBetween(countedFrom + lifetime - ROUNDING, storeTime() + lifetime + ROUNDING);
    }

    @Test
    default void shouldAnswerWhenASessionIsDueThatHasNoSlidingLifetime() {
        SessionCalls session = session();
        long deadline = storeTime() + HOUR;
        session.starts("a", new Lifetimes(0, deadline, 0, 0));

        assertThat(sessionOf(session.peek()).expiresAt()).isEqualTo(deadline);
        assertThat(sessionOf(session.get()).expiresAt()).isEqualTo(deadline);
        session.finish(null, NEVER, OperationToken.random());
        assertThat(sessionOf(session.getFinished()).expiresAt()).isEqualTo(StoredSession.NEVER);
    }

    @Test
    default void shouldAnswerWhenScannedSessionsAreDue() {
        TypeCalls type = type();
        long before = storeTime();
        type.session("a").starts("a", sliding(HOUR));
        type.session("b").starts("b", NEVER);
        type.session("c").starts("c", new Lifetimes(0, before + HOUR, 60_000, 0));

        assertThat(type.scanAll(false, 10)).hasSize(3).allSatisfy(item -> {
            long deadline = item.session().expiresAt();
            switch (item.key()) {
                case "a" -> assertIsDue(deadline, before, HOUR);
                case "b" -> assertThat(deadline).isEqualTo(StoredSession.NEVER);
                default -> assertIsDue(deadline, before, 60_000);
            }
        });
    }

    @Test
    default void shouldAnswerTheExpiryWithoutTouchingTheSession() {
        SessionCalls session = session();
        SessionVersion version = session.starts("a", sliding(HOUR));
        long deadline = session.expiresAt();
        await().atMost(Probe.MAX_WAIT).until(() -> storeTime() > deadline - HOUR + 10 * ROUNDING);

        assertThat(expiresAt(session.expiry(version.id()))).isBetween(deadline - ROUNDING, deadline + ROUNDING);
        session.assertRunning(version, "a");
    }

    @Test
    default void shouldAnswerTheExpiryOfThatStartOnly() {
        SessionCalls session = session();
        SessionVersion former = session.starts("a");
        session.finish();

        assertAlreadyFinished(session.expiry(null));
        assertAlreadyFinished(session.expiry(former.id()));
        assertAlreadyFinished(session.expire(former.id(), NEVER));
        session.starts("b");
        assertConflict(session.expiry(former.id()), 1);
        assertConflict(session.expire(former.id(), NEVER), 1);
        assertConflict(session.expire("none", NEVER), 1);
        assertThat(session.expiresAt()).isNotEqualTo(StoredSession.NEVER);
        session.delete();
        assertNotFound(session.expiry(null));
        assertNotFound(session.expire(null, NEVER));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, HOUR})
    default void shouldLiveAsLongAsItsNewLifetimes(long retention) {
        RetryWithLongerTtl.retry(300, millis -> {
            SessionCalls session = session();
            SessionVersion version = session.starts("a", new Lifetimes(millis, 0, 0, retention));
            if (!(session.expire(version.id(), AN_HOUR) instanceof StoreReply.Done done)) {
                return false;
            }
            await().atMost(Probe.MAX_WAIT).until(() -> storeTime() > done.expiresAt() - HOUR + millis);

            session.assertRunning(version, "a");
            assertThat(session.expiresAt()).isEqualTo(done.expiresAt());
            return true;
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {0, HOUR})
    default void shouldEndWithItsNewLifetimes(long retention) {
        SessionCalls session = session();
        session.starts("a", new Lifetimes(HOUR, 0, 0, retention));
        long deadline = session.expires(new Lifetimes(300, 0, 0, 0));

        Probe.untilGone(this::storeTime, session::get).assertDeadline(deadline);
    }

    @Test
    default void shouldSlideByItsNewLifetime() {
        RetryWithLongerTtl.retry(500, millis -> {
            SessionCalls session = session();
            SessionVersion version = session.starts("a", AN_HOUR);
            long first = session.expires(sliding(millis));
            await().atMost(Probe.MAX_WAIT).until(() -> storeTime() > first - millis / 2);
            if (!(session.update(version, "b") instanceof StoreReply.Done done)) {
                return false;
            }
            assertThat(done.expiresAt()).isGreaterThan(first);

            Probe.untilGone(this::storeTime, session::peek)
                    .assertDeadlineWithin(done.expiresAt() - ROUNDING, done.expiresAt() + ROUNDING);
            return true;
        });
    }

    @Test
    default void shouldLiveForEverAndNoLonger() {
        TypeCalls type = type();
        SessionCalls session = type.session("a");
        session.starts("a", new Lifetimes(HOUR, 0, 60_000, 0));

        assertThat(session.expires(NEVER)).isEqualTo(StoredSession.NEVER);
        assertThat(session.expiresAt()).isEqualTo(StoredSession.NEVER);
        assertThat(type.count()).isOne();
        long before = storeTime();
        assertIsDue(session.expires(AN_HOUR), before, HOUR);
        assertThat(type.count()).isOne();
        session.expires(DUE_AT_ONCE);
        session.assertNothingRuns();
        assertThat(type.count()).isZero();
        assertThat(type.keys()).isEmpty();
    }

    @Test
    default void shouldDeliverASessionAtItsNewDeadline() {
        TypeCalls type = type();
        SessionVersion earlier = type.session("earlier").starts("a", new Lifetimes(HOUR, 0, 0, KEPT));
        type.session("later").starts("b", new Lifetimes(2 * HOUR, 0, HOUR, KEPT));
        type.session("later").expires(NEVER);
        long deadline = storeTime() + 100;
        assertThat(type.session("earlier").expires(new Lifetimes(0, deadline, 0, 0)))
                .isEqualTo(deadline);
        await().atMost(Probe.MAX_WAIT).until(() -> storeTime() > deadline);

        assertThat(type.claimAll()).singleElement().satisfies(expired -> {
            assertExpired(expired, "earlier", earlier, "a", 1);
            assertThat(expired.dueAt()).isEqualTo(deadline);
        });
    }

    @Test
    default void shouldKeepOtherLifetimesWhenTheStartArrivesAgain() {
        SessionCalls session = session();
        OperationToken token = OperationToken.random();
        List<String> ids = List.of(token.newSessionId());
        session.start(ids, data("a"), AN_HOUR, token);
        session.expires(NEVER);
        session.start(ids, data("a"), AN_HOUR, token);

        assertThat(session.expiresAt()).as("it was sent again").isEqualTo(StoredSession.NEVER);
        OperationToken next = token.next();
        session.start(List.of(next.newSessionId(), ids.get(0)), data("b"), AN_HOUR, next);
        assertThat(session.expiresAt()).as("it was tried again").isEqualTo(StoredSession.NEVER);
        session.assertRunning(new SessionVersion(ids.get(0), 1), "b");
    }

    /** Such as the epoch, to mean now. */
    @Test
    default void shouldDeliverASessionWhoseNewDeadlineIsLongAgo() {
        TypeCalls type = type();
        type.session("a").starts("a", new Lifetimes(HOUR, 0, 0, KEPT));
        long before = storeTime();
        type.session("a").expires(DUE_AT_ONCE);

        assertThat(type.claimAll())
                .singleElement()
                .satisfies(expired -> assertThat(expired.dueAt()).isBetween(before, storeTime()));
    }

    @Test
    default void shouldKeepStateVersionAndIndexWithOtherLifetimes() {
        TypeCalls type = type();
        SessionCalls session = type.session("a");
        SessionVersion version = session.starts("a", new Lifetimes(HOUR, 0, 60_000, 0));
        session.expires(sliding(HOUR));

        session.assertRunning(version, "a");
        assertThat(type.keys()).containsExactly("a");
        session.update(version, "b");
        session.assertRunning(version.next(), "b");
        session.finish();
        assertThat(type.count()).isZero();
        assertThat(type.finishedKeys()).containsExactly("a");
    }

    @Test
    default void shouldGiveOtherLifetimesToASessionInNoIndex() {
        TypeCalls type = type();
        SessionCalls session = type.session("a");
        SessionVersion version = session.starts("a", AN_HOUR.withQueryable(false));

        assertThat(session.expires(NEVER)).isEqualTo(StoredSession.NEVER);
        session.assertRunning(version, "a");
        assertThat(type.count()).isZero();
        session.expires(DUE_AT_ONCE);
        assertNotFound(session.peek());
    }
}
