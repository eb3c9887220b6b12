package io.sessiontracker.contract.tracker;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SweepSettings;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.spi.SessionDataProvider;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Expired sessions that could not be delivered are delivered again once a lease is over, here at once. */
interface TrackerRedeliveryContract extends TrackerFixture {

    SweepSettings IMPATIENT = new SweepSettings(false, Duration.ofSeconds(10), Duration.ofMillis(1), 100, 3);

    private SessionTracker impatient(SessionDataProvider data, SessionListener... listeners) {
        SessionTrackerBuilder builder = builder(data, locks(namespace()), KEPT).sweep(IMPATIENT);
        List.of(listeners).forEach(builder::listener);
        return builder.build();
    }

    private void startDue(SessionTracker tracker, String key) {
        tracker.start(Checkout.at(key, "Main Street"), SessionEntryOptions.absoluteAt(past()))
                .orElseThrow();
    }

    @Test
    default void anExpiryWhoseListenerThrewShouldComeAgainWithTheSameId() {
        Throwing throwing = new Throwing(2);
        TrackerExpiryContract.Expiries other = new TrackerExpiryContract.Expiries();
        SessionTracker tracker = impatient(data(namespace()), throwing, other);
        startDue(tracker, "order-1");

        int[] acknowledgeExpired = {0};
        await().until(() -> (acknowledgeExpired[0] += tracker.expireSessions()) > 0);

        assertThat(acknowledgeExpired[0]).isEqualTo(1);
        assertThat(throwing.events()).hasSize(3).isEqualTo(other.events());
        assertThat(new HashSet<>(
                        throwing.events().stream().map(SessionEvent::eventId).toList()))
                .hasSize(1);
        assertThat(throwing.sessions()).allMatch(session -> session.getAddress().equals("Main Street"));
        assertThat(other.errors()).hasSize(2).allMatch(error -> error.cause() == throwing.thrown);
        assertThat(tracker.expireSessions()).isZero();
    }

    @Test
    default void redeliveryShouldEnd() {
        Throwing throwing = new Throwing(Integer.MAX_VALUE);
        TrackerExpiryContract.Expiries other = new TrackerExpiryContract.Expiries();
        SessionTracker tracker = impatient(data(namespace()), throwing, other);
        startDue(tracker, "order-1");

        await().until(() -> {
            assertThat(tracker.expireSessions()).isZero();
            return other.errors().size() == 4;
        });

        assertThat(other.events()).hasSize(3);
        assertThat(other.errors().subList(0, 3)).allMatch(error -> error.cause() == throwing.thrown);
        assertThat(other.errors().get(3)).satisfies(error -> {
            assertThat(error.activity()).contains("not delivered again");
            assertThat(error.type()).isEqualTo("checkout");
            assertThat(error.key()).isEqualTo("order-1");
        });
        assertNothingComesAgain(tracker, other, 3);
    }

    @Test
    default void anUndeliverableSessionShouldNotHoldUpOthers() {
        Throwing throwing = new Throwing(Integer.MAX_VALUE) {
            @Override
            boolean throwsAt(SessionEvent<?> event) {
                return event.key().equals("order-1");
            }
        };
        SessionTracker tracker = tracker(namespace(), KEPT, throwing);
        for (int i = 0; i < 5; i++) {
            startDue(tracker, "order-" + i);
        }

        assertThat(tracker.expireSessions()).isEqualTo(4);
        assertThat(throwing.events()).hasSize(5);
    }

    @Test
    default void anUnreadableStateShouldBeReportedAndHoldUpNoOther() {
        String namespace = namespace();
        SessionTracker old = tracker(namespace, KEPT);
        List<String> addresses = List.of("17", "secret street", "18");
        for (int i = 0; i < 3; i++) {
            old.start(Checkout.at("order-" + i, addresses.get(i)), SessionEntryOptions.absoluteAt(past()))
                    .orElseThrow();
        }
        TrackerExpiryContract.Expiries recorder = new TrackerExpiryContract.Expiries();
        SessionTracker current = impatient(data(namespace), recorder);
        assertThat(current.get(TrackerUnreadableContract.Numbered.class, "any").isFailure())
                .isTrue();

        int[] acknowledgeExpired = {0};
        await().until(() -> {
            acknowledgeExpired[0] += current.expireSessions();
            return recorder.errors().size() == 4;
        });
        assertThat(acknowledgeExpired[0]).isEqualTo(2);
        assertThat(recorder.keys()).containsExactlyInAnyOrder("order-0", "order-2");
        assertThat(recorder.errors()).allSatisfy(error -> {
            assertThat(error.key()).isEqualTo("order-1");
            assertThat(error.activity() + error.cause()).doesNotContain("secret");
        });
        assertNothingComesAgain(current, recorder, 2);
    }

    @Test
    default void aFailingCodecShouldHoldUpNoOtherDelivery() {
        TrackerExpiryContract.Expiries recorder = new TrackerExpiryContract.Expiries();
        SessionTracker tracker = new SessionTrackerBuilder(data(namespace()), locks(namespace()), new Failing())
                .settings(new SessionTrackerSettings(KEPT, Map.of()))
                .sweep(ON_DEMAND)
                .listener(recorder)
                .build();
        for (int i = 0; i < 5; i++) {
            startDue(tracker, "order-" + i);
        }

        assertThat(tracker.expireSessions()).isEqualTo(4);
        assertThat(recorder.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.key()).isEqualTo("order-1"));
    }

    @Test
    default void anExpiryWhoseEndWasLostShouldComeAgainWithTheSameId() {
        FaultyDataProvider store = new FaultyDataProvider(data(namespace()));
        TrackerExpiryContract.Expiries recorder = new TrackerExpiryContract.Expiries() {
            @Override
            public void onEvent(SessionEvent<?> event) {
                if (events().isEmpty()) {
                    store.loseRequests(1);
                }
                super.onEvent(event);
            }
        };
        SessionTracker tracker = impatient(store, recorder);
        startDue(tracker, "order-1");

        await().until(() -> tracker.expireSessions() > 0);

        assertThat(recorder.events()).hasSize(2);
        assertThat(recorder.events().get(0).eventId())
                .isEqualTo(recorder.events().get(1).eventId());
        assertThat(recorder.errors()).hasSize(1);
        assertNothingComesAgain(tracker, recorder, 2);
    }

    /** Even after every lease. */
    private void assertNothingComesAgain(SessionTracker tracker, RecordingListener recorder, int events) {
        long later = storeTime() + 20;
        await().until(() -> {
            assertThat(tracker.expireSessions()).isZero();
            return storeTime() > later;
        });
        assertThat(recorder.events()).hasSize(events);
    }

    /** Throws some times. */
    class Throwing extends TrackerExpiryContract.Expiries {

        final RuntimeException thrown = new IllegalStateException("no");
        private int times;

        Throwing(int times) {
            this.times = times;
        }

        boolean throwsAt(SessionEvent<?> event) {
            return times-- > 0;
        }

        @Override
        public void onEvent(SessionEvent<?> event) {
            super.onEvent(event);
            if (throwsAt(event)) {
                throw thrown;
            }
        }
    }

    /** Breaks its contract at one session. */
    final class Failing implements SessionCodec {

        private final SessionCodec codec = new JacksonSessionCodec();

        @Override
        public void verify(Class<? extends Session> type) {
            codec.verify(type);
        }

        @Override
        public byte[] encode(SessionAddress address, Session session) {
            return codec.encode(address, session);
        }

        @Override
        public <S extends Session> S decode(SessionAddress address, Class<S> type, byte[] payload) {
            if (address.key().equals("order-1")) {
                throw new IllegalStateException("no codec exception");
            }
            return codec.decode(address, type, payload);
        }
    }
}
