package io.sessiontracker.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionSweep.Expired;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.sessiontracker.contract.SessionCalls.assertDone;
import static io.sessiontracker.contract.SessionCalls.assertNotFound;
import static io.sessiontracker.contract.SessionCalls.assertSession;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Claiming and telling what has expired. */
interface SweepRules extends DataFixture {

    long KEPT = 3_600_000;
    /** Over already, and kept for an hour from its deadline, which is as long ago as it is. */
    long AGO = 1000;

    @Test
    default void shouldClaimWhatIsDueWithItsLastState() {
        InTime.retry(1500, millis -> {
            TypeCalls type = type();
            SessionCalls session = type.session("a");
            SessionVersion version = session.starts("a", new Lifetimes(0, 0, millis, KEPT));
            long before = storeTime();
            if (!(session.update(version, "b") instanceof StoreReply.Done)) {
                return false;
            }
            long after = storeTime();
            List<Expired> early = type.claimAll();
            if (!(session.peek() instanceof StoreReply.Done)) {
                return false;
            }
            assertThat(early).as("it lives").isEmpty();
            Watch.untilGone(this::storeTime, session::peek);

            assertThat(type.claimAll()).singleElement().satisfies(expired -> {
                assertExpired(expired, "a", version.next(), "b", 1);
                assertThat(expired.deadline()).isBetween(before + millis - 1, after + millis + 1);
            });
            assertThat(type.claimAll()).as("it is claimed").isEmpty();
            return true;
        });
    }

    @Test
    default void shouldTellAnAbsoluteDeadlineExactly() {
        TypeCalls type = type();
        long deadline = storeTime() - AGO;
        type.session("a").starts("a", new Lifetimes(0, deadline, 0, KEPT));
        type.session("b").starts("b", new Lifetimes(0, deadline, 5000, KEPT));

        assertThat(type.claimAll()).hasSize(2).allMatch(expired -> expired.deadline() == deadline);
    }

    @Test
    default void shouldEndAClaimOnceItIsTold() {
        TypeCalls type = type();
        startsDue(type, "a");
        Expired claimed = only(type.claimAll(1));
        type.told(claimed);
        type.told(claimed);
        assertNothingToTell(type);
    }

    @Test
    default void shouldEndSeveralClaimsAtOnce() {
        TypeCalls type = type();
        for (int i = 0; i < 20; i++) {
            startsDue(type, "key-" + i % 10);
        }
        List<Expired> claimed = type.claimAll(1);
        assertThat(claimed).hasSize(20);
        Stages.await(type.provider().told(type.type(), claimed.subList(1, 20)));
        assertThat(claimedSooner(type, 1))
                .singleElement()
                .matches(expired -> expired.session()
                        .version()
                        .equals(claimed.get(0).session().version()));
        Stages.await(type.provider().told(type.type(), claimed));
        Stages.await(type.provider().told(type.type(), List.of()));

        assertNothingToTell(type);
    }

    @Test
    default void shouldClaimAgainOnceALeaseIsOver() {
        TypeCalls type = type();
        SessionVersion version = startsDue(type, "a");
        assertExpired(only(type.claimAll(1)), "a", version, "a", 1);

        assertExpired(only(claimedSooner(type, 1)), "a", version, "a", 2);
        Expired third = only(claimedSooner(type, KEPT));
        assertExpired(third, "a", version, "a", 3);
        assertThat(type.claimAll()).isEmpty();
        type.told(third);
        assertNothingToTell(type);
    }

    @Test
    default void shouldAdmitThatItWasToldAfterTheLease() {
        TypeCalls type = type();
        startsDue(type, "a");
        Expired first = only(type.claimAll(1));
        claimedSooner(type, KEPT);
        type.told(first);

        assertNothingToTell(type);
    }

    @Test
    default void shouldNotEndAnotherSessionsClaim() {
        TypeCalls type = type();
        startsDue(type, "a");
        Expired claimed = only(type.claimAll(1));
        Stages.await(type.provider().told(type.session("a").address(), Fresh.id()));
        Stages.await(type.provider()
                .told(type.session("b").address(), claimed.session().version().id()));

        assertThat(claimedSooner(type, KEPT)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    default void shouldClaimNoMoreThanAskedFor(int limit) {
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
    default void shouldClaimNothingWhereNobodyListens() {
        TypeCalls type = type();
        startsDue(type, "a");
        assertThat(type.sweep(0, KEPT)).isEqualTo(new SessionSweep.Reply(List.of(), false));

        assertThat(type.claimAll()).hasSize(1);
    }

    @Test
    default void shouldNeverClaimWhatLivesOrHasEnded() {
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
    default void shouldNotClaimWhatWasTouchedInTime() {
        InTime.retry(2000, millis -> {
            TypeCalls type = type();
            SessionCalls session = type.session("a");
            session.starts("a", new Lifetimes(0, 0, millis, KEPT));
            long later = storeTime() + millis + 1;
            boolean[] lost = {false};
            await().atMost(Watch.PATIENCE).until(() -> {
                lost[0] |= !(session.touch() instanceof StoreReply.Done);
                return lost[0] || storeTime() > later;
            });
            List<Expired> claimed = type.claimAll();
            if (lost[0] || !(session.peek() instanceof StoreReply.Done)) {
                return false;
            }
            assertThat(claimed).isEmpty();
            return true;
        });
    }

    @Test
    default void shouldTellWhateverIsTriedOnWhatIsDue() {
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
    default void shouldTellTheOldOneUnderAKeyThatWasStartedAgain(boolean claimedBefore) {
        TypeCalls type = type();
        SessionVersion old = startsDue(type, "a");
        List<Expired> claimed = new ArrayList<>();
        if (claimedBefore) {
            claimed.addAll(type.claimAll());
        }
        SessionVersion current = type.session("a").starts("new");
        claimed.addAll(type.claimAll());

        assertExpired(only(claimed), "a", old, "a", 1);
        type.told(only(claimed));
        type.session("a").assertRunning(current, "new");
        type.session("a").finish();
        type.session("a").assertFinished(current, "new");
        assertNothingToTell(type);
    }

    @Test
    default void shouldTellTheOldOneUnderAKeyThatWasResumed() {
        TypeCalls type = type();
        SessionCalls session = type.session("a");
        SessionVersion resumed = session.startsAndFinishes("resumed");
        SessionVersion old = startsDue(type, "a");
        assertDone(session.resume());

        assertExpired(only(type.claimAll()), "a", old, "a", 1);
        session.assertRunning(resumed, "resumed");
    }

    @Test
    default void shouldTellSeveralGenerationsUnderAKey() {
        TypeCalls type = type();
        SessionCalls session = type.session("a");
        List<String> states = List.of("1", "2", "3");
        states.forEach(state -> session.starts(state, due()));

        List<Expired> claimed = type.claimAll();
        assertThat(claimed)
                .extracting(expired -> SessionCalls.state(expired.session()))
                .containsExactlyInAnyOrderElementsOf(states);
        type.told(claimed.get(0));
        assertThat(type.claimAll()).isEmpty();
        session.starts("4", due());
        assertThat(only(type.claimAll()).session())
                .satisfies(fourth -> assertThat(SessionCalls.state(fourth)).isEqualTo("4"));
    }

    @Test
    default void shouldKeepTheLastSixteenGenerations() {
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
    default void shouldNotLetANewGenerationsClaimShortenAnOlderOnes() {
        TypeCalls type = type();
        SessionVersion old = startsDue(type, "a");
        assertExpired(only(type.claimAll()), "a", old, "a", 1);
        SessionVersion next = startsDue(type, "a");

        assertExpired(only(type.claimAll(1)), "a", next, "a", 1);
        assertExpired(only(claimedSooner(type, KEPT)), "a", next, "a", 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    default void shouldForgetWhatNobodyToldInTime(boolean claimed) {
        TypeCalls type = type();
        type.session("a").starts("a", new Lifetimes(0, storeTime(), 0, 300));
        if (claimed) {
            type.claimAll(1);
        }
        long over = storeTime() + 301;
        await().atMost(Watch.PATIENCE).until(() -> storeTime() > over);

        assertNothingToTell(type);
    }

    @Test
    default void shouldNotClaimAStartThatWasSentTwiceTwice() {
        TypeCalls type = type();
        List<String> ids = List.of(Fresh.id());
        OperationToken token = OperationToken.random();
        SessionCalls session = type.session("a");
        StoreReply first = session.start(ids, SessionCalls.data("a"), due(), token);
        assertThat(session.start(ids, SessionCalls.data("a"), due(), token)).isEqualTo(first);

        type.told(only(type.claimAll()));
        assertNothingToTell(type);
    }

    @Test
    default void shouldKeepTypesApartWhenItSweeps() {
        TypeCalls type = type();
        TypeCalls other = new TypeCalls(type.provider(), "chat");
        startsDue(other, "a");
        assertThat(type.claimAll()).isEmpty();
        assertThat(other.claimAll()).hasSize(1);
    }

    /** Processes that share the work leave nothing to each other, and tell nothing twice. */
    @Test
    default void shouldTellEachOnceWhenSeveralShareTheWork() {
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

    private Lifetimes due() {
        return new Lifetimes(0, storeTime() - AGO, 0, KEPT);
    }

    private SessionVersion startsDue(TypeCalls type, String key) {
        return type.session(key).starts("a", due());
    }

    private static SessionVersion sessionVersion(TypeCalls type, String key) {
        return SessionCalls.sessionOf(type.session(key).peek()).version();
    }

    /** What is claimed once a lease of a millisecond is over. */
    private static List<Expired> claimedSooner(TypeCalls type, long leaseMillis) {
        return await().atMost(Watch.PATIENCE).until(() -> type.claimAll(leaseMillis), claimed -> !claimed.isEmpty());
    }

    /** Even when every lease is over. */
    private void assertNothingToTell(TypeCalls type) {
        long later = storeTime() + 5;
        await().atMost(Watch.PATIENCE).until(() -> storeTime() > later);
        assertThat(type.claimAll()).isEmpty();
    }

    private static Expired only(List<Expired> claimed) {
        assertThat(claimed).hasSize(1);
        return claimed.get(0);
    }

    private static void assertExpired(Expired expired, String key, SessionVersion version, String state, int attempt) {
        assertThat(expired.key()).isEqualTo(key);
        assertSession(new StoreReply.Done(expired.session(), 0), version, state);
        assertThat(expired.attempt()).isEqualTo(attempt);
    }
}
