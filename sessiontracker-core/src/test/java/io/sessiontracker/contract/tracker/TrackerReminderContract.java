package io.sessiontracker.contract.tracker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.engine.SweepSettings;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.event.SessionReminder;
import io.sessiontracker.json.JacksonSessionCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

/** Reminders are stored with the session's state, and delivered to a listener once they are due. */
interface TrackerReminderContract extends TrackerFixture {

    Duration SOON = Duration.ofMillis(1);

    private SessionTracker reminding(SessionListener... listeners) {
        return tracker(data(namespace()), SessionTypeSettings.BUILT_IN, listeners);
    }

    private void sweepWhenDue(SessionTracker tracker) {
        long later = storeTime() + 5;
        await().until(() -> storeTime() > later);
        assertThat(tracker.expireSessions()).as("no session expired").isZero();
    }

    private static Checkout reminding(String key, String name, Duration after) {
        Checkout checkout = Checkout.at(key, "Main Street");
        checkout.remind(name, after);
        return checkout;
    }

    @Test
    default void shouldDeliverAReminderOnceWithTheSession() {
        Reminders reminders = new Reminders();
        SessionTracker tracker = reminding(reminders);
        long before = storeTime();
        Checkout checkout = tracker.start(reminding("order-1", "payment", SOON)).orElseThrow();
        checkout.setAddress("changed and not stored");
        sweepWhenDue(tracker);
        sweepWhenDue(tracker);

        assertThat(reminders.reminders()).singleElement().satisfies(reminder -> {
            assertThat(reminder.name()).isEqualTo("payment");
            assertThat(reminder.type()).isEqualTo("checkout");
            assertThat(reminder.key()).isEqualTo("order-1");
            assertThat(reminder.at().toEpochMilli()).isBetween(before + 1, storeTime());
            assertThat(reminder.session()).isEqualTo(checkout).isNotSameAs(checkout);
            assertThat(((Checkout) reminder.session()).getAddress()).isEqualTo("Main Street");
            assertThat(reminder.session().getExpiresAt()).isNotNull();
        });
        assertThat(reminders.errors()).isEmpty();
    }

    @Test
    default void shouldStoreRemindersWithUpdates() {
        Reminders reminders = new Reminders();
        SessionTracker tracker = reminding(reminders);
        Checkout checkout =
                tracker.start(reminding("order-1", "cancelled", SOON)).orElseThrow();
        checkout.remind("later", HOUR);
        checkout.remind("replaced", HOUR);
        checkout.cancelReminder("cancelled");
        tracker.update(checkout).orElseThrow();
        checkout.remind("replaced", SOON);
        tracker.updateAndGet(checkout).orElseThrow();
        sweepWhenDue(tracker);

        assertThat(reminders.names()).containsExactly("replaced");
    }

    @Test
    default void shouldStoreRemindersOfAllModifications() {
        Reminders reminders = new Reminders();
        SessionTracker tracker = reminding(reminders);
        tracker.start(Checkout.at("order-1", "")).orElseThrow();
        tracker.modify(Checkout.class, "order-1", session -> session.remind("a", SOON))
                .orElseThrow();
        tracker.modify(Checkout.class, "order-1", session -> session.remind("b", SOON))
                .orElseThrow();
        tracker.modify(Checkout.class, "order-1", "once", session -> session.remind("c", SOON))
                .orElseThrow();
        tracker.modifyOrStart(
                        Checkout.class,
                        "order-2",
                        () -> reminding("order-2", "d", SOON),
                        session -> session.remind("e", SOON))
                .orElseThrow();
        tracker.getOrStart(Checkout.class, "order-3", () -> reminding("order-3", "f", SOON))
                .orElseThrow();
        sweepWhenDue(tracker);

        assertThat(reminders.names()).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f");
    }

    @Test
    default void shouldStoreAReminderOfAChangedSessionOnce() {
        Reminders reminders = new Reminders();
        SessionTracker tracker = reminding(reminders);
        Checkout checkout = tracker.start(reminding("order-1", "a", SOON)).orElseThrow();
        sweepWhenDue(tracker);
        tracker.update(checkout).orElseThrow();
        Checkout modified = tracker.modify(Checkout.class, "order-1", session -> session.remind("b", SOON))
                .orElseThrow();
        sweepWhenDue(tracker);
        tracker.update(modified).orElseThrow();
        tracker.modify(Checkout.class, "order-1", session -> session.setCount(1))
                .orElseThrow();
        sweepWhenDue(tracker);

        assertThat(reminders.names()).containsExactly("a", "b");
    }

    @Test
    default void shouldSetAReminderWithTheNextWriteAfterARefusedOne() {
        Reminders reminders = new Reminders();
        SessionTracker tracker = reminding(reminders);
        Checkout first = tracker.start(Checkout.at("order-1", "")).orElseThrow();
        Checkout second = tracker.get(Checkout.class, "order-1").orElseThrow();
        tracker.update(second).orElseThrow();
        first.remind("a", SOON);
        assertThat(tracker.update(first).isFailure()).isTrue();
        sweepWhenDue(tracker);
        assertThat(reminders.names()).isEmpty();

        tracker.delete(Checkout.class, "order-1").orElseThrow();
        tracker.start(first).orElseThrow();
        sweepWhenDue(tracker);
        assertThat(reminders.names()).containsExactly("a");
    }

    @Test
    default void shouldNotRemindOfASessionThatEnded() {
        Reminders reminders = new Reminders();
        SessionTracker tracker = reminding(reminders);
        tracker.start(reminding("finished", "a", SOON)).orElseThrow();
        tracker.finish(Checkout.class, "finished").orElseThrow();
        tracker.start(reminding("resumed", "a", SOON)).orElseThrow();
        tracker.finish(Checkout.class, "resumed").orElseThrow();
        tracker.resume(Checkout.class, "resumed").orElseThrow();
        tracker.start(reminding("deleted", "a", SOON)).orElseThrow();
        tracker.delete(Checkout.class, "deleted").orElseThrow();
        tracker.start(reminding("expired", "a", SOON), SessionEntryOptions.absoluteAt(past()))
                .orElseThrow();
        sweepWhenDue(tracker);

        assertThat(reminders.events()).isEmpty();
    }

    @Test
    default void shouldRemindBeforeTheExpiry() {
        Reminders reminders = new Reminders();
        SessionTracker tracker = reminding(reminders);
        Checkout checkout = Checkout.at("order-1", "");
        checkout.remindBeforeExpiry("expiring", Duration.ofHours(2));
        tracker.start(checkout, SessionEntryOptions.absolute(Duration.ofHours(3)))
                .orElseThrow();
        sweepWhenDue(tracker);
        assertThat(reminders.names()).isEmpty();

        tracker.expire(checkout, SessionEntryOptions.absolute(HOUR)).orElseThrow();
        sweepWhenDue(tracker);
        sweepWhenDue(tracker);
        assertThat(reminders.reminders())
                .singleElement()
                .satisfies(reminder -> assertThat(reminder.at())
                        .isEqualTo(
                                Objects.requireNonNull(checkout.getExpiresAt()).minus(Duration.ofHours(2))));
    }

    @Test
    default void shouldRedeliverAReminderWhoseListenerThrew() {
        List<String> ids = new ArrayList<>();
        Reminders throwing = new Reminders() {
            @Override
            public void onEvent(SessionEvent<?> event) {
                super.onEvent(event);
                ids.add(event.eventId());
                if (ids.size() < 3) {
                    throw new IllegalStateException("no");
                }
            }
        };
        SessionTrackerBuilder builder = builder(data(namespace()), locks(namespace()), SessionTypeSettings.BUILT_IN)
                .sweep(new SweepSettings(false, Duration.ofSeconds(10), Duration.ofMillis(1), 100, 5));
        SessionTracker tracker = builder.listener(throwing).build();
        tracker.start(reminding("order-1", "a", SOON)).orElseThrow();
        await().until(() -> {
            assertThat(tracker.expireSessions()).isZero();
            return ids.size() == 3;
        });
        sweepWhenDue(tracker);

        assertThat(ids).hasSize(3).containsOnly(ids.get(0));
        assertThat(throwing.errors()).hasSize(2);
    }

    @Test
    default void shouldEndTheRedeliveryOfAReminder() {
        Reminders throwing = new Reminders() {
            @Override
            public void onEvent(SessionEvent<?> event) {
                super.onEvent(event);
                throw new IllegalStateException("no");
            }
        };
        SessionTrackerBuilder builder = builder(data(namespace()), locks(namespace()), SessionTypeSettings.BUILT_IN)
                .sweep(new SweepSettings(false, Duration.ofSeconds(10), Duration.ofMillis(1), 100, 2));
        SessionTracker tracker = builder.listener(throwing).build();
        tracker.start(reminding("order-1", "a", SOON)).orElseThrow();
        await().until(() -> {
            assertThat(tracker.expireSessions()).isZero();
            return throwing.errors().size() == 3;
        });
        sweepWhenDue(tracker);
        assertThat(throwing.events()).hasSize(2);
        assertThat(throwing.errors().get(2).activity()).isEqualTo("A reminder is not delivered again");
    }

    @Test
    default void shouldLeaveRemindersToAnInstanceWithAListener() {
        String namespace = namespace();
        SessionTracker other = tracker(data(namespace), SessionTypeSettings.BUILT_IN);
        other.start(reminding("order-1", "a", SOON)).orElseThrow();
        sweepWhenDue(other);
        Reminders reminders = new Reminders();
        SessionTracker listening = tracker(data(namespace), SessionTypeSettings.BUILT_IN, reminders);
        assertThat(listening.peek(Checkout.class, "order-1").isSuccess()).isTrue();
        sweepWhenDue(listening);
        assertThat(reminders.names()).containsExactly("a");
    }

    @Test
    default void shouldRemindOfASessionThatIsNotQueryable() {
        Reminders reminders = new Reminders();
        SessionTypeSettings settings = SessionTypeSettings.BUILT_IN.withQueryable(false);
        SessionTracker tracker = new SessionTrackerBuilder(
                        data(namespace()), locks(namespace()), new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(settings, Map.of()))
                .sweep(ON_DEMAND)
                .listener(reminders)
                .build();
        tracker.start(reminding("order-1", "a", SOON)).orElseThrow();
        sweepWhenDue(tracker);
        assertThat(reminders.names()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "\uD800"})
    default void shouldRefuseAReminderWithAnInvalidName(String name) {
        Checkout checkout = Checkout.at("order-1", "");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> checkout.remind(name, HOUR))
                .withMessageStartingWith("A reminder's name must ");
        assertThatIllegalArgumentException().isThrownBy(() -> checkout.remindBeforeExpiry(name, HOUR));
        assertThatIllegalArgumentException().isThrownBy(() -> checkout.cancelReminder(name));
    }

    @Test
    @SuppressWarnings("NullAway") // that is the mistake
    default void shouldRefuseAReminderThatCannotBe() {
        Checkout checkout = Checkout.at("order-1", "");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> checkout.remind("x".repeat(65), HOUR))
                .withMessage("A reminder's name must be at most 64 bytes of UTF-8; this one is 65");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> checkout.remind("a", Duration.ZERO))
                .withMessage("The time after which to remind must be positive; it is PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> checkout.remindBeforeExpiry("a", Duration.ofSeconds(-1)))
                .withMessage("The time before the expiry must be positive; it is PT-1S");
        assertThatNullPointerException().isThrownBy(() -> checkout.remind("a", null));
        assertThatNullPointerException().isThrownBy(() -> checkout.remind(null, HOUR));
    }

    /** Records reminders. */
    class Reminders extends RecordingListener {

        @Override
        public boolean listensTo(Class<?> event, Class<? extends Session> type) {
            return event == SessionReminder.class;
        }

        List<SessionReminder<?>> reminders() {
            return events().stream()
                    .<SessionReminder<?>>map(event -> (SessionReminder<?>) event)
                    .toList();
        }

        List<String> names() {
            return reminders().stream().map(SessionReminder::name).toList();
        }
    }
}
