package io.sessiontracker.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionSweep.Claimed;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A sweep claims each expired session, in its last state, once; and no others. */
interface ClaimContract extends SweepFixture {

    @Test
    default void shouldClaimExpiredSessionsWithTheirLastState() {
        RetryWithLongerTtl.retry(1500, millis -> {
            TypeCalls type = type();
            SessionCalls session = type.session("a");
            SessionVersion version = session.starts("a", new Lifetimes(0, 0, millis, KEPT));
            long before = storeTime();
            if (!(session.update(version, "b") instanceof StoreReply.Done)) {
                return false;
            }
            long after = storeTime();
            List<Claimed> early = type.claimAll();
            if (!(session.peek() instanceof StoreReply.Done)) {
                return false;
            }
            assertThat(early).as("it lives").isEmpty();
            Probe.untilGone(this::storeTime, session::peek);

            assertThat(type.claimAll()).singleElement().satisfies(expired -> {
                assertExpired(expired, "a", version.next(), "b", 1);
                assertThat(expired.dueAt()).isBetween(before + millis - 1, after + millis + 1);
            });
            assertThat(type.claimAll()).as("it is claimed").isEmpty();
            return true;
        });
    }

    @Test
    default void shouldReportAnAbsoluteDeadlineExactly() {
        TypeCalls type = type();
        long deadline = storeTime() - AGO;
        type.session("a").starts("a", new Lifetimes(0, deadline, 0, KEPT));
        type.session("b").starts("b", new Lifetimes(0, deadline, 5000, KEPT));

        assertThat(type.claimAll()).hasSize(2).allMatch(expired -> expired.dueAt() == deadline);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    default void shouldClaimNoMoreThanTheLimit(int limit) {
        TypeCalls type = type();
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            startsDue(type, "key-" + i);
            keys.add("key-" + i);
        }
        List<String> claimed = new ArrayList<>();
        SessionSweep.Reply reply;
        do {
            reply = type.sweep(limit, KEPT);
            assertThat(reply.claimed()).hasSizeLessThanOrEqualTo(limit);
            reply.claimed().forEach(expired -> claimed.add(expired.key()));
        } while (reply.more());

        assertThat(claimed).doesNotHaveDuplicates();
        assertThat(new HashSet<>(claimed)).isEqualTo(keys);
    }

    @Test
    default void shouldClaimNothingWithoutALimit() {
        TypeCalls type = type();
        startsDue(type, "a");
        assertThat(type.sweep(0, KEPT)).isEqualTo(new SessionSweep.Reply(List.of(), false));

        assertThat(type.claimAll()).hasSize(1);
    }

    @Test
    default void shouldNotClaimLivingOrEndedSessions() {
        TypeCalls type = type();
        type.session("lives").starts("a", new Lifetimes(KEPT, 0, 0, KEPT));
        type.session("never").starts("a", new Lifetimes(0, 0, 0, KEPT));
        type.session("finished").starts("a", new Lifetimes(KEPT, 0, 0, KEPT));
        type.session("finished").finish(null, new Lifetimes(0, 1, 0, 0), OperationToken.random());
        type.session("deleted").starts("a", new Lifetimes(KEPT, 0, 0, KEPT));
        type.session("deleted").delete();
        type.session("silent").starts("a", new Lifetimes(0, 1, 0, 0));

        assertThat(type.claimAll()).isEmpty();
        type.session("lives").assertRunning(sessionVersion(type, "lives"), "a");
        type.session("never").assertRunning(sessionVersion(type, "never"), "a");
    }

    @Test
    default void shouldNotClaimSessionsTouchedInTime() {
        RetryWithLongerTtl.retry(2000, millis -> {
            TypeCalls type = type();
            SessionCalls session = type.session("a");
            session.starts("a", new Lifetimes(0, 0, millis, KEPT));
            long later = storeTime() + millis + 1;
            boolean[] lost = {false};
            await().atMost(Probe.MAX_WAIT).until(() -> {
                lost[0] |= !(session.touch() instanceof StoreReply.Done);
                return lost[0] || storeTime() > later;
            });
            List<Claimed> claimed = type.claimAll();
            if (lost[0] || !(session.peek() instanceof StoreReply.Done)) {
                return false;
            }
            assertThat(claimed).isEmpty();
            return true;
        });
    }

    @Test
    default void shouldClaimAResentStartOnce() {
        TypeCalls type = type();
        OperationToken token = OperationToken.random();
        List<String> ids = List.of(token.newSessionId());
        SessionCalls session = type.session("a");
        StoreReply first = session.start(ids, SessionCalls.data("a"), due(), token);
        SessionCalls.assertStartedAs(session.start(ids, SessionCalls.data("a"), due(), token), first);

        type.acknowledgeExpired(only(type.claimAll()));
        assertNothingToDeliver(type);
    }

    @Test
    default void shouldSweepTypesSeparately() {
        TypeCalls type = type();
        TypeCalls other = new TypeCalls(type.provider(), "chat");
        startsDue(other, "a");
        assertThat(type.claimAll()).isEmpty();
        assertThat(other.claimAll()).hasSize(1);
    }

    /** Providers that share the work leave out no session, and claim none twice. */
    @Test
    default void shouldClaimEachOnceWhenSeveralProvidersSweep() {
        String namespace = Fresh.namespace();
        TypeCalls type = new TypeCalls(provider(namespace), "checkout");
        for (int i = 0; i < 60; i++) {
            startsDue(type, "key-" + i);
        }
        List<String> claimed = new ArrayList<>();
        boolean more = true;
        while (more) {
            more = false;
            for (int process = 0; process < 3; process++) {
                SessionSweep.Reply reply =
                        Stages.join(provider(namespace).sweep(new SessionSweep("checkout", 7, KEPT, KEPT)));
                reply.claimed().forEach(expired -> claimed.add(expired.key()));
                more |= reply.more();
            }
        }

        assertThat(claimed).hasSize(60).doesNotHaveDuplicates();
    }

    private static SessionVersion sessionVersion(TypeCalls type, String key) {
        return SessionCalls.sessionOf(type.session(key).peek()).version();
    }
}
