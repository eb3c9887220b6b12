package io.sessiontracker.contract;

import java.time.Duration;
import java.util.function.Function;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.SessionCalls.NEVER;
import static io.sessiontracker.contract.SessionCalls.sessionOf;
import static io.sessiontracker.contract.SessionCalls.sliding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What restarts a sliding lifetime, and what does not. */
interface SlidingContract extends DataFixture {

    /** The sliding lifetime that {@link #assertRestarts} expects. */
    long SLIDING = 1000;

    @Test
    default void shouldBeDueOneSlidingLifetimeAfterTheLastTouch() {
        SessionCalls session = session();
        session.starts("a", sliding(300));
        long before = storeTime();
        boolean touched = session.touch() instanceof StoreReply.Done;
        long after = storeTime();

        if (touched) {
            Probe.untilGone(this::storeTime, session::peek).assertDeadlineWithin(before + 300, after + 300);
        }
    }

    @Test
    default void shouldSlideFromTheStart() {
        SessionCalls session = session();
        long before = storeTime();
        session.starts("a", new Lifetimes(3_600_000, 0, 300, 3_600_000));
        long after = storeTime();

        Probe.untilGone(this::storeTime, session::peek).assertDeadlineWithin(before + 300, after + 300);
    }

    @Test
    default void shouldRestartWithGet() {
        assertRestarts(SlidingContract::starts, SessionCalls::get);
    }

    @Test
    default void shouldRestartWithTouch() {
        assertRestarts(SlidingContract::starts, SessionCalls::touch);
    }

    @Test
    default void shouldRestartWithAConditionalGet() {
        assertRestarts(SlidingContract::starts, session -> {
            StoreReply reply = session.peek();
            return reply instanceof StoreReply.Done ? session.getIfChanged(sessionOf(reply), true) : reply;
        });
    }

    @Test
    default void shouldRestartWithUpdate() {
        assertRestarts(SlidingContract::starts, session -> {
            StoreReply reply = session.peek();
            return reply instanceof StoreReply.Done
                    ? session.update(sessionOf(reply).version(), "again")
                    : reply;
        });
    }

    @Test
    default void shouldRestartWithAStartThatTouchesTheRunning() {
        assertRestarts(SlidingContract::starts, session -> session.startAnother(true));
    }

    @Test
    default void shouldRestartAFinishedSessionWithGetFinished() {
        Function<SessionCalls, StoreReply> finish = session -> {
            session.starts("a", NEVER);
            return session.finish(null, sliding(SLIDING), OperationToken.random());
        };
        assertRestarts(finish, SessionCalls::getFinished);
    }

    @Test
    default void shouldRestartAResumedSessionWithGet() {
        Function<SessionCalls, StoreReply> resume = session -> {
            session.starts("a", NEVER);
            session.finish(null, NEVER, OperationToken.random());
            return session.resume(null, sliding(SLIDING), OperationToken.random());
        };
        assertRestarts(resume, SessionCalls::get);
    }

    @Test
    default void shouldNotRestartWithPeek() {
        SessionCalls session = session();
        session.starts("a", sliding(300));

        Probe.untilGone(this::storeTime, session::peek);
    }

    @Test
    default void shouldNotRestartWithAConditionalPeek() {
        SessionCalls session = session();
        session.starts("a", sliding(1_000));
        StoredSession known = sessionOf(session.peek());

        await().atMost(Probe.MAX_WAIT).until(() -> !isThere(session.getIfChanged(known, false)));
    }

    /** The deadline may be later than the sliding lifetime says, by no more than the tolerance. */
    @Test
    default void shouldLiveWithinTheToleranceOfItsSlidingLifetime() {
        SessionCalls session = session();
        session.starts("a", new Lifetimes(0, 0, 300, 0, 400));
        long before = storeTime();
        boolean touched = session.get() instanceof StoreReply.Done;
        long after = storeTime();

        if (touched) {
            Probe.untilGone(this::storeTime, session::peek).assertDeadlineWithin(before + 300, after + 700);
        }
    }

    @Test
    default void shouldNotRestartWithAStartThatDoesNotTouchTheRunning() {
        SessionCalls session = session();
        session.starts("a", sliding(300));

        await().atMost(Probe.MAX_WAIT).until(() -> session.startAnother(false) instanceof StoreReply.Started);
    }

    @Test
    default void shouldNotSlideWithoutASlidingLifetime() {
        SessionCalls session = session();
        long deadline = storeTime() + 300;
        session.starts("a", new Lifetimes(0, deadline, 0, 0));

        Probe.untilGone(this::storeTime, session::touch).assertDeadline(deadline);
    }

    private static StoreReply starts(SessionCalls session) {
        session.starts("a", sliding(SLIDING));
        return session.peek();
    }

    /**
     * Touches a session until it has outlived the lifetime it began with. On a machine that stalls for that long between
     * two touches it is due rightly, and the next session is tried.
     */
    private void assertRestarts(Function<SessionCalls, StoreReply> begin, Function<SessionCalls, StoreReply> touch) {
        await().atMost(Probe.MAX_WAIT).until(() -> outlivesItsFirstLifetime(begin, touch));
    }

    private boolean outlivesItsFirstLifetime(
            Function<SessionCalls, StoreReply> begin, Function<SessionCalls, StoreReply> touch) {
        SessionCalls session = session();
        long[] lastTouch = {storeTime()};
        if (!isThere(begin.apply(session))) {
            return false;
        }
        long firstDeadline = storeTime() + SLIDING;
        boolean[] outlived = {false};
        await().atMost(Probe.MAX_WAIT).pollInterval(Duration.ofMillis(100)).until(() -> {
            long sent = storeTime();
            boolean there = isThere(touch.apply(session));
            if (!there) {
                assertThat(storeTime() - lastTouch[0]).as("untouched for").isGreaterThanOrEqualTo(SLIDING);
            }
            lastTouch[0] = sent;
            outlived[0] = there && sent >= firstDeadline;
            return !there || outlived[0];
        });
        return outlived[0];
    }

    private static boolean isThere(StoreReply reply) {
        return reply instanceof StoreReply.Done
                || reply instanceof StoreReply.Unchanged
                || reply instanceof StoreReply.InProgress;
    }
}
