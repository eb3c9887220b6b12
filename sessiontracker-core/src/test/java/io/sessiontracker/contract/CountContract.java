package io.sessiontracker.contract;

import java.util.List;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.StoreReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.sessiontracker.contract.SessionCalls.DUE_AT_ONCE;
import static io.sessiontracker.contract.SessionCalls.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Counting a type's sessions. */
interface CountContract extends DataFixture {

    @Test
    default void shouldCountEachSessionOnceWhereverItIs() {
        TypeCalls type = type();
        assertCounts(type, 0, 0);
        List<String> keys = type.starts(20);
        assertCounts(type, 20, 0);
        type.session(keys.get(0)).finish();
        assertCounts(type, 19, 1);
        type.session(keys.get(0)).starts("again");
        assertCounts(type, 20, 1);
        type.session(keys.get(0)).finish();
        assertCounts(type, 19, 1);
        type.session(keys.get(0)).resume();
        assertCounts(type, 20, 0);
        type.session(keys.get(1)).delete();
        assertCounts(type, 19, 0);
    }

    @Test
    default void shouldCountARepeatedStartOnce() {
        TypeCalls type = type();
        SessionCalls session = type.session("a");
        String id = Fresh.id();
        for (Lifetimes lifetimes : List.of(NEVER, SessionCalls.AN_HOUR, SessionCalls.sliding(3_600_000))) {
            session.start(List.of(id), SessionCalls.data("a"), lifetimes, OperationToken.random());
            assertCounts(type, 1, 0);
        }
        session.delete();
        assertCounts(type, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3_600_000})
    default void shouldNotCountDueSessions(long retention) {
        TypeCalls type = type();
        type.session("never").starts("a", NEVER);
        type.session("hour").starts("a");
        type.session("due").starts("a", new Lifetimes(0, 1, 0, retention));
        type.session("absolute").starts("a", new Lifetimes(20, 0, 0, retention));
        type.session("sliding").starts("a", new Lifetimes(0, 0, 20, retention));
        type.session("finished").starts("a");
        type.session("finished").finish(null, DUE_AT_ONCE, OperationToken.random());
        Probe.untilGone(this::storeTime, type.session("absolute")::peek);
        Probe.untilGone(this::storeTime, type.session("sliding")::peek);

        assertCounts(type, 2, 0);
        assertCounts(type, 2, 0);
        type.session("due").starts("again");
        assertCounts(type, 3, 0);
    }

    /** A touched session is due later than its last write says. */
    @Test
    default void shouldCountSessionsTouchedInTime() {
        RetryWithLongerTtl.retry(2000, millis -> {
            TypeCalls type = type();
            SessionCalls running = type.session("running");
            running.starts("a", SessionCalls.sliding(millis));
            SessionCalls finished = type.session("finished");
            finished.starts("a");
            finished.finish(null, SessionCalls.sliding(millis), OperationToken.random());
            long later = storeTime() + millis + 1;
            boolean[] lost = {false};
            await().atMost(Probe.MAX_WAIT).until(() -> {
                boolean there = running.touch() instanceof StoreReply.Done;
                lost[0] |= !(there && finished.getFinished() instanceof StoreReply.Done);
                return lost[0] || storeTime() > later;
            });
            long counted = type.count() + type.countFinished();
            long scanned = (long) type.keys().size() + type.finishedKeys().size();
            if (lost[0]
                    || !(running.peek() instanceof StoreReply.Done)
                    || !(finished.getFinished() instanceof StoreReply.Done)) {
                return false;
            }

            assertThat(counted).isEqualTo(2);
            assertThat(scanned).isEqualTo(2);
            return true;
        });
    }

    private static void assertCounts(TypeCalls type, long running, long finished) {
        assertThat(type.count()).isEqualTo(running);
        assertThat(type.countFinished()).isEqualTo(finished);
    }
}
