package io.sessiontracker.contract;

import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionSweep.Claimed;
import io.sessiontracker.spi.SessionVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.sessiontracker.contract.SessionCalls.assertDone;
import static io.sessiontracker.contract.SessionCalls.assertNotFound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An expired session is delivered, whatever happens under its key. */
interface ExpiredGenerationsContract extends SweepFixture {

    @Test
    default void shouldDeliverAnExpiredSessionDespiteLaterCalls() {
        TypeCalls type = type();
        SessionVersion version = startsDue(type, "a");
        SessionCalls session = type.session("a");
        assertNotFound(session.delete());
        assertNotFound(session.finish());
        assertNotFound(session.update(version, "b"));
        assertNotFound(session.touch());

        assertExpired(only(type.claimAll()), "a", version, "a", 1);
        assertNotFound(session.delete());
        assertNotFound(session.peek());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    default void shouldDeliverTheEarlierSessionAfterANewStart(boolean claimedBefore) {
        TypeCalls type = type();
        SessionVersion old = startsDue(type, "a");
        List<Claimed> claimed = new ArrayList<>();
        if (claimedBefore) {
            claimed.addAll(type.claimAll());
        }
        SessionVersion current = type.session("a").starts("new");
        claimed.addAll(type.claimAll());

        assertExpired(only(claimed), "a", old, "a", 1);
        type.acknowledgeExpired(only(claimed));
        type.session("a").assertRunning(current, "new");
        type.session("a").finish();
        type.session("a").assertFinished(current, "new");
        assertNothingToDeliver(type);
    }

    @Test
    default void shouldReportMoreUnderTheSameKey() {
        TypeCalls type = type();
        List<String> started = List.of(
                startsDue(type, "a").id(),
                startsDue(type, "a").id(),
                startsDue(type, "a").id());
        List<String> claimed = new ArrayList<>();
        SessionSweep.Reply reply;
        do {
            reply = type.sweep(1, KEPT);
            reply.claimed().forEach(each -> claimed.add(each.session().version().id()));
        } while (reply.more());

        assertThat(claimed).containsExactlyInAnyOrderElementsOf(started);
    }

    @Test
    default void shouldNotCountOutdatedSessionsTowardsTheLimit() {
        TypeCalls type = type();
        List<String> kept = new ArrayList<>();
        kept.add(startsDue(type, "a").id());
        long over = storeTime() + 500;
        for (int i = 0; i < 15; i++) {
            type.session("a").starts("gone", new Lifetimes(0, over - AGO, 0, AGO));
        }
        await().atMost(Probe.MAX_WAIT).until(() -> storeTime() > over);
        for (int i = 0; i < 3; i++) {
            kept.add(startsDue(type, "a").id());
        }

        assertThat(type.claimAll())
                .extracting(each -> each.session().version().id())
                .containsExactlyInAnyOrderElementsOf(kept);
    }

    @Test
    default void shouldNotDeliverAfterTheRetention() {
        TypeCalls type = type();
        long over = storeTime() + 100;
        type.session("a").starts("gone", new Lifetimes(0, over - AGO, 0, AGO));
        SessionVersion kept = startsDue(type, "a");
        await().atMost(Probe.MAX_WAIT).until(() -> storeTime() > over);

        assertExpired(only(type.claimAll()), "a", kept, "a", 1);
    }

    @Test
    default void shouldDeliverTheEarlierSessionAfterAResume() {
        TypeCalls type = type();
        SessionCalls session = type.session("a");
        SessionVersion resumed = session.startsAndFinishes("resumed");
        SessionVersion old = startsDue(type, "a");
        assertDone(session.resume());

        assertExpired(only(type.claimAll()), "a", old, "a", 1);
        session.assertRunning(resumed, "resumed");
    }

    @Test
    default void shouldDeliverSeveralSessionsUnderOneKey() {
        TypeCalls type = type();
        SessionCalls session = type.session("a");
        List<String> states = List.of("1", "2", "3");
        states.forEach(state -> session.starts(state, due()));

        List<Claimed> claimed = type.claimAll();
        assertThat(claimed)
                .extracting(expired -> SessionCalls.state(expired.session()))
                .containsExactlyInAnyOrderElementsOf(states);
        type.acknowledgeExpired(claimed.get(0));
        assertThat(type.claimAll()).isEmpty();
        session.starts("4", due());
        assertThat(only(type.claimAll()).session())
                .satisfies(fourth -> assertThat(SessionCalls.state(fourth)).isEqualTo("4"));
    }

    @Test
    default void shouldKeepTheLastSixteenExpiredSessions() {
        TypeCalls type = type();
        SessionCalls session = type.session("a");
        List<String> last = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            session.starts("state-" + i, due());
            if (i > 4) {
                last.add("state-" + i);
            }
        }

        assertThat(type.claimAll())
                .extracting(expired -> SessionCalls.state(expired.session()))
                .containsExactlyInAnyOrderElementsOf(last);
    }

    @Test
    default void shouldNotShortenAnEarlierSessionsClaim() {
        TypeCalls type = type();
        SessionVersion old = startsDue(type, "a");
        assertExpired(only(type.claimAll()), "a", old, "a", 1);
        SessionVersion next = startsDue(type, "a");

        assertExpired(claimedBriefly(type), "a", next, "a", 1);
        assertExpired(only(claimedSooner(type, KEPT)), "a", next, "a", 2);
    }

    @Test
    default void shouldNotLengthenAnEarlierSessionsClaim() {
        RetryWithLongerTtl.retry(200, millis -> {
            TypeCalls type = type();
            SessionVersion old = startsDue(type, "a");
            assertExpired(only(type.sweep(1, millis).claimed()), "a", old, "a", 1);
            SessionVersion next = startsDue(type, "a");
            List<Claimed> claimed = type.claimAll(KEPT);
            if (claimed.size() > 1) {
                return false;
            }

            assertExpired(only(claimed), "a", next, "a", 1);
            assertExpired(only(claimedSooner(type, KEPT)), "a", old, "a", 2);
            return true;
        });
    }
}
