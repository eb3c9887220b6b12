package io.sessiontracker.contract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.ReminderChange;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionSweep.Claimed;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.SessionCalls.AN_HOUR;
import static io.sessiontracker.contract.SessionCalls.assertConflict;
import static io.sessiontracker.contract.SessionCalls.assertDone;
import static io.sessiontracker.contract.SessionCalls.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Reminders are stored by the write that they come with, and each is claimed once it is due, while its session runs. */
interface ReminderContract extends SweepFixture {

    /** Due before the next call. */
    private static ReminderChange atOnce(String name) {
        return ReminderChange.after(name, 1);
    }

    private static ReminderChange inAnHour(String name) {
        return ReminderChange.after(name, 3_600_000);
    }

    /** Due whenever the session has no more than two hours left. */
    private static ReminderChange beforeExpiry(String name) {
        return ReminderChange.beforeExpiry(name, 7_200_000);
    }

    private static SessionData with(String state, ReminderChange... changes) {
        SessionData data = data(state);
        return new SessionData(data.properties(), Set.of(), Arrays.asList(changes), data.payload());
    }

    private static SessionVersion starts(SessionCalls session, Lifetimes lifetimes, ReminderChange... changes) {
        StoreReply reply = session.start(List.of(Fresh.id()), with("a", changes), lifetimes, OperationToken.random());
        assertThat(reply).isInstanceOf(StoreReply.Started.class);
        return ((StoreReply.Started) reply).version();
    }

    private static SessionVersion starts(SessionCalls session, ReminderChange... changes) {
        return starts(session, AN_HOUR, changes);
    }

    private static SessionVersion updates(SessionCalls session, SessionVersion version, ReminderChange... changes) {
        assertDone(session.update(version, with("b", changes), OperationToken.random()));
        return version.next();
    }

    private static List<Claimed> claim(TypeCalls type, int limit, long leaseMillis) {
        List<Claimed> claimed = new ArrayList<>();
        SessionSweep sweep = SessionSweep.claimReminders(type.type(), limit, leaseMillis);
        SessionSweep.Reply reply;
        do {
            reply = Stages.join(type.provider().sweep(sweep));
            assertThat(reply.claimed()).hasSizeLessThanOrEqualTo(limit);
            claimed.addAll(reply.claimed());
            sweep = sweep.from(reply.next());
        } while (reply.more());
        return claimed;
    }

    /** What is due now and not claimed, for an hour. */
    private List<Claimed> claimed(TypeCalls type) {
        long later = storeTime() + 5;
        await().atMost(Probe.MAX_WAIT).until(() -> storeTime() > later);
        return claim(type, 100, KEPT);
    }

    private List<String> names(TypeCalls type) {
        return claimed(type).stream().map(Claimed::reminder).sorted().toList();
    }

    private static void acknowledge(TypeCalls type, List<Claimed> claimed) {
        Stages.await(type.provider().acknowledgeReminders(type.type(), claimed));
    }

    @Test
    default void shouldClaimADueReminderWithItsSession() {
        TypeCalls type = type();
        long before = storeTime();
        SessionVersion version = starts(type.session("k"), atOnce("pay"), inAnHour("later"));
        long after = storeTime();

        assertThat(claimed(type)).singleElement().satisfies(claimed -> {
            assertExpired(claimed, "k", version, "a", 1);
            assertThat(claimed.reminder()).isEqualTo("pay");
            assertThat(claimed.dueAt()).isBetween(before + 1, after + 1);
        });
        assertThat(claimed(type)).as("it is claimed").isEmpty();
        type.session("k").assertRunning(version, "a");
    }

    @Test
    default void shouldCountFromTheUpdateThatSetsAReminder() {
        TypeCalls type = type();
        SessionVersion version = starts(type.session("k"));
        long before = storeTime();
        SessionVersion next = updates(type.session("k"), version, atOnce("pay"));
        long after = storeTime();

        assertThat(claimed(type)).singleElement().satisfies(claimed -> {
            assertExpired(claimed, "k", next, "b", 1);
            assertThat(claimed.dueAt()).isBetween(before + 1, after + 1);
        });
    }

    @Test
    default void shouldClaimAReminderAgainUnlessItIsAcknowledged() {
        TypeCalls type = type();
        starts(type.session("k"), atOnce("pay"));
        List<Claimed> first = await().atMost(Probe.MAX_WAIT).until(() -> claim(type, 10, 1), any -> !any.isEmpty());
        List<Claimed> second = await().atMost(Probe.MAX_WAIT).until(() -> claim(type, 10, KEPT), any -> !any.isEmpty());
        assertThat(second).singleElement().satisfies(claimed -> {
            assertThat(claimed.attempt()).isGreaterThan(1);
            assertThat(claimed.dueAt()).isEqualTo(first.get(0).dueAt());
        });
        acknowledge(type, second);
        acknowledge(type, second);
        acknowledge(type, List.of());
        assertThat(names(type)).isEmpty();
    }

    @Test
    default void shouldEndTheClaimOfAnAcknowledgedReminder() {
        TypeCalls type = type();
        starts(type.session("k"), atOnce("a"), atOnce("b"));
        List<Claimed> claimed = await().atMost(Probe.MAX_WAIT).until(() -> claim(type, 10, 1), any -> any.size() == 2);
        acknowledge(
                type,
                claimed.stream().filter(each -> "a".equals(each.reminder())).toList());
        assertThat(names(type)).containsExactly("b");
    }

    @Test
    default void shouldKeepRemindersThroughOtherUpdates() {
        TypeCalls type = type();
        SessionVersion version = starts(type.session("k"), atOnce("a"), atOnce("b"), atOnce("c"));
        version = updates(type.session("k"), version);
        version = updates(type.session("k"), version, inAnHour("b"), ReminderChange.cancellation("c"));
        updates(type.session("k"), version, ReminderChange.cancellation("none"));
        assertThat(names(type)).containsExactly("a");
    }

    @Test
    default void shouldClaimAReminderThatWasSetAnewWhileItWasDelivered() {
        TypeCalls type = type();
        SessionVersion version = starts(type.session("k"), atOnce("a"));
        List<Claimed> first = claimed(type);
        updates(type.session("k"), version, atOnce("a"));
        acknowledge(type, first);
        assertThat(claimed(type)).singleElement().matches(each -> each.attempt() == 1);
    }

    @Test
    default void shouldCancelAReminderThatIsBeingDelivered() {
        TypeCalls type = type();
        SessionVersion version = starts(type.session("k"), atOnce("a"));
        assertThat(await().atMost(Probe.MAX_WAIT).until(() -> claim(type, 10, 1), any -> !any.isEmpty()))
                .hasSize(1);
        updates(type.session("k"), version, ReminderChange.cancellation("a"));
        assertThat(names(type)).isEmpty();
    }

    @Test
    default void shouldChangeNothingWithARefusedUpdate() {
        TypeCalls type = type();
        SessionVersion version = starts(type.session("k"), atOnce("a"));
        SessionData cancelling = with("c", ReminderChange.cancellation("a"), atOnce("b"));
        assertConflict(type.session("k").update(version.next(), cancelling, OperationToken.random()), 1);
        assertThat(type.session("k").start(List.of(Fresh.id()), cancelling, AN_HOUR, OperationToken.random()))
                .isInstanceOf(StoreReply.InProgress.class);
        assertThat(names(type)).containsExactly("a");
    }

    @Test
    default void shouldSetARemindersTimeAnewWithARepeatedWrite() {
        TypeCalls type = type();
        OperationToken start = OperationToken.random();
        String id = start.newSessionId();
        SessionCalls session = type.session("k");
        StoreReply first = session.start(List.of(id), with("a", inAnHour("a")), AN_HOUR, start);
        assertThat(session.start(List.of(start.newSessionId(), id), with("a", atOnce("a")), AN_HOUR, start.next()))
                .isInstanceOf(StoreReply.Started.class);
        assertThat(names(type)).containsExactly("a");

        SessionVersion version = ((StoreReply.Started) first).version();
        OperationToken update = OperationToken.random();
        assertDone(session.update(version, with("b", inAnHour("b")), update));
        assertDone(session.update(version, with("b", atOnce("b")), update.next()));
        assertThat(names(type)).containsExactly("b");
    }

    @Test
    default void shouldCancelRemindersWithTheEndOfASession() {
        TypeCalls type = type();
        starts(type.session("finished"), atOnce("a"));
        assertDone(type.session("finished").finish());
        starts(type.session("resumed"), atOnce("a"));
        assertDone(type.session("resumed").finish());
        assertDone(type.session("resumed").resume());
        starts(type.session("deleted"), atOnce("a"));
        assertDone(type.session("deleted").delete());
        starts(type.session("expired"), new Lifetimes(0, storeTime() - AGO, 0, KEPT), atOnce("a"));
        starts(type.session("gone"), new Lifetimes(0, 1, 0, 0), atOnce("a"));
        starts(type.session("ended"), atOnce("a"));
        assertDone(type.session("ended").expire(null, new Lifetimes(0, 1, 0, 0)));
        assertThat(names(type)).isEmpty();
    }

    @Test
    default void shouldNotTakeOverTheRemindersOfAnEarlierSession() {
        TypeCalls type = type();
        starts(type.session("k"), atOnce("a"), atOnce("b"));
        assertDone(type.session("k").delete());
        starts(type.session("k"), inAnHour("b"));
        starts(type.session("other"), atOnce("c"));
        assertDone(type.session("other").finish());
        starts(type.session("other"), atOnce("d"));
        assertThat(names(type)).containsExactly("d");
    }

    @Test
    default void shouldSetRemindersOfAResumedSession() {
        TypeCalls type = type();
        SessionVersion version = starts(type.session("k"), atOnce("a"));
        assertDone(type.session("k").finish());
        assertDone(type.session("k").resume());
        updates(type.session("k"), version, atOnce("b"));
        assertThat(names(type)).containsExactly("b");
    }

    @Test
    default void shouldClaimNoMoreRemindersThanTheLimit() {
        TypeCalls type = type();
        for (int i = 0; i < 10; i++) {
            starts(type.session("key-" + i), atOnce("a"), atOnce("b"), atOnce("c"));
        }
        long later = storeTime() + 5;
        await().atMost(Probe.MAX_WAIT).until(() -> storeTime() > later);
        assertThat(claim(type, 4, KEPT))
                .extracting(each -> each.key() + each.reminder())
                .hasSize(30)
                .doesNotHaveDuplicates();
    }

    @Test
    default void shouldRemindOfASessionThatIsInNoIndex() {
        TypeCalls type = type();
        Lifetimes unindexed = AN_HOUR.withQueryable(false);
        SessionVersion version = starts(type.session("k"), unindexed, atOnce("a"));
        updates(type.session("k"), version, atOnce("b"));
        assertThat(names(type)).containsExactly("a", "b");
    }

    @Test
    default void shouldClaimNoReminderAsAnExpiredSession() {
        TypeCalls type = type();
        startsDue(type, "expired");
        starts(type.session("k"), atOnce("a"));
        assertThat(names(type)).containsExactly("a");
        assertThat(type.claimAll()).extracting(Claimed::key).containsExactly("expired");
    }

    @Test
    default void shouldRemindBeforeTheExpiry() {
        TypeCalls type = type();
        SessionCalls session = type.session("k");
        starts(session, AN_HOUR, beforeExpiry("soon"));
        long expiry = session.expiresAt();
        starts(type.session("later"), new Lifetimes(10_800_000, 0, 0, 0), beforeExpiry("soon"));
        starts(type.session("never"), SessionCalls.NEVER, beforeExpiry("soon"));

        List<Claimed> claimed = claimed(type);
        assertThat(claimed).singleElement().satisfies(each -> {
            assertThat(each.key()).isEqualTo("k");
            assertThat(each.dueAt()).isEqualTo(expiry - 7_200_000);
        });
        acknowledge(type, claimed);
        assertThat(names(type)).as("once for a deadline").isEmpty();
    }

    @Test
    default void shouldRemindAgainBeforeALaterExpiry() {
        TypeCalls type = type();
        SessionCalls session = type.session("k");
        starts(session, AN_HOUR, beforeExpiry("soon"));
        acknowledge(type, claimed(type));
        session.expires(new Lifetimes(5_400_000, 0, 0, 0));
        assertThat(claimed(type)).singleElement().matches(each -> each.attempt() == 1);
        session.expires(new Lifetimes(10_800_000, 0, 0, 0));
        assertThat(names(type)).as("three hours are left").isEmpty();
    }

    @Test
    default void shouldRemindAtOnceOfAnExpiryThatIsBroughtForward() {
        TypeCalls type = type();
        SessionCalls session = type.session("k");
        starts(session, SessionCalls.NEVER, beforeExpiry("soon"));
        assertThat(names(type)).isEmpty();
        session.expires(AN_HOUR);
        assertThat(names(type)).containsExactly("soon");
    }

    /** A claim that takes only one of them must not forget the other one, which was looked at when it was never due. */
    @Test
    default void shouldClaimOneByOneWhatAnExpiryThatIsBroughtForwardMakesDue() {
        TypeCalls type = type();
        SessionCalls session = type.session("k");
        starts(session, SessionCalls.NEVER, beforeExpiry("one"), beforeExpiry("other"));
        assertThat(names(type)).isEmpty();
        session.expires(AN_HOUR);
        assertThat(claim(type, 1, 3_600_000)).extracting(Claimed::reminder).containsExactlyInAnyOrder("one", "other");
    }

    @Test
    default void shouldRemindBeforeASlidingExpiry() {
        TypeCalls type = type();
        SessionCalls session = type.session("k");
        starts(session, SessionCalls.sliding(3_600_000), beforeExpiry("soon"));
        long before = storeTime();
        assertThat(claimed(type))
                .singleElement()
                .satisfies(each -> assertThat(each.dueAt()).isBetween(before - 3_600_000 - 10_000, before));
    }

    @Test
    default void shouldDistinguishRemindersByAnyName() {
        TypeCalls type = type();
        List<String> names = List.of("a", "ä", "\uD83D\uDE00", "a b", "%s", "x".repeat(64));
        starts(type.session("k"), names.stream().map(ReminderContract::atOnce).toArray(ReminderChange[]::new));
        List<Claimed> claimed = claimed(type);
        assertThat(claimed).extracting(Claimed::reminder).containsExactlyInAnyOrderElementsOf(names);
        acknowledge(type, claimed);
        assertThat(names(type)).isEmpty();
    }

    @Test
    default void shouldAnswerNoChangesOfReminders() {
        TypeCalls type = type();
        starts(type.session("k"), inAnHour("a"));
        assertThat(SessionCalls.sessionOf(type.session("k").get()).data().reminders())
                .isEmpty();
        assertThat(SessionCalls.sessionOf(type.session("k").get()).data().properties())
                .isEqualTo(Map.of("state", "a"));
    }
}
