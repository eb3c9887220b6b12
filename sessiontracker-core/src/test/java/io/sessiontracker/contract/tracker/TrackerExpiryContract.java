package io.sessiontracker.contract.tracker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.LockSettings;
import io.sessiontracker.engine.MissingRetentionException;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.engine.ShortRetentionException;
import io.sessiontracker.engine.SweepSettings;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.event.SessionListener;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Which sessions are delivered as expired, and with which state. */
interface TrackerExpiryContract extends TrackerFixture {

    @Test
    default void anExpiredSessionShouldBeDeliveredOnceWithItsLastState() {
        Expiries recorder = new Expiries();
        SessionTracker tracker = tracker(namespace(), KEPT, recorder);
        Instant deadline = past();
        Checkout checkout = Checkout.at("order-1", "Main Street");
        checkout.getProperties().put("tenant", "acme");
        tracker.start(checkout, SessionEntryOptions.absoluteAt(deadline)).orElseThrow();

        assertThat(tracker.expireSessions()).isEqualTo(1);
        assertThat(tracker.expireSessions()).isZero();

        assertThat(recorder.events()).singleElement().isInstanceOfSatisfying(SessionExpired.class, event -> {
            assertThat(event.type()).isEqualTo("checkout");
            assertThat(event.key()).isEqualTo("order-1");
            assertThat(event.at().toEpochMilli()).isEqualTo(deadline.toEpochMilli());
            assertThat(event.session()).isEqualTo(checkout).isNotSameAs(checkout);
            Checkout acknowledgeExpired = (Checkout) event.session();
            assertThat(acknowledgeExpired.getAddress()).isEqualTo("Main Street");
            assertThat(acknowledgeExpired.getProperties()).containsEntry("tenant", "acme");
            assertThat(acknowledgeExpired.getStartedAt()).isEqualTo(checkout.getStartedAt());
        });
        assertThat(recorder.errors()).isEmpty();
    }

    @Test
    default void anExpiredSessionShouldBeDeliveredThoughAnotherRuns() {
        Expiries recorder = new Expiries();
        SessionTracker tracker = tracker(namespace(), KEPT, recorder);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(tracker.start(Checkout.at("order-1", "old"), SessionEntryOptions.absoluteAt(past()))
                    .orElseThrow()
                    .getId());
        }
        Checkout next = tracker.start(Checkout.at("order-1", "new")).orElseThrow();

        assertThat(tracker.expireSessions()).isEqualTo(3);
        assertThat(recorder.sessions()).extracting(Session::getId).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(recorder.sessions()).allMatch(session -> session.getAddress().equals("old"));
        assertThat(tracker.get(Checkout.class, "order-1").orElseThrow()).isEqualTo(next);
        tracker.finish(next).orElseThrow();
        assertThat(tracker.expireSessions()).isZero();
    }

    /** An untouched session is delivered; one that was finished, deleted or refreshed in time is not. */
    @Test
    default void onlyExpiredSessionsShouldBeDelivered() {
        Expiries recorder = new Expiries();
        SessionTypeSettings shortLived = new SessionTypeSettings(
                SessionEntryOptions.sliding(Duration.ofSeconds(1)),
                HOUR,
                SessionEntryOptions.sliding(Duration.ofMillis(1)),
                LockSettings.BUILT_IN);
        SessionTracker tracker = tracker(namespace(), shortLived, recorder);
        tracker.start(new Checkout("refreshed")).orElseThrow();
        tracker.start(Checkout.at("abandoned", "Main Street")).orElseThrow();
        tracker.start(new Checkout("finished")).orElseThrow();
        boolean finished = tracker.finish(Checkout.class, "finished").isSuccess();
        tracker.start(new Checkout("deleted")).orElseThrow();
        boolean deleted = tracker.delete(Checkout.class, "deleted").isSuccess();

        await().pollInterval(Duration.ofMillis(20)).until(() -> {
            boolean running = tracker.refresh(Checkout.class, "refreshed").isSuccess();
            return tracker.expireSessions() > 0 && (recorder.keys().contains("abandoned") || !running);
        });

        assertThat(recorder.keys()).doesNotHaveDuplicates();
        // A machine that stalls for a second lets them expire in truth.
        if (finished) {
            assertThat(recorder.keys()).doesNotContain("finished");
        }
        if (deleted) {
            assertThat(recorder.keys()).doesNotContain("deleted");
        }
        if (tracker.peek(Checkout.class, "refreshed").isSuccess()) {
            assertThat(recorder.keys()).doesNotContain("refreshed");
        }
    }

    @Test
    default void aSessionWithoutRetentionShouldExpireSilently() {
        Expiries recorder = new Expiries();
        SessionTracker tracker = tracker(namespace(), SessionTypeSettings.BUILT_IN, recorder);
        tracker.start(new Checkout("order-1"), SessionEntryOptions.absoluteAt(past()))
                .orElseThrow();
        SessionTracker finishedSoon = tracker(
                namespace(),
                new SessionTypeSettings(
                        SessionEntryOptions.absolute(HOUR),
                        HOUR,
                        SessionEntryOptions.absolute(Duration.ofMillis(1)),
                        LockSettings.BUILT_IN),
                recorder);
        finishedSoon.start(new Checkout("order-2")).orElseThrow();
        finishedSoon.finish(Checkout.class, "order-2").orElseThrow();
        await().until(() -> finishedSoon.getFinished(Checkout.class, "order-2").isFailure());

        assertThat(tracker.expireSessions()).isZero();
        assertThat(finishedSoon.expireSessions()).isZero();
        assertThat(recorder.events()).isEmpty();
    }

    @Test
    default void aProcessWithoutAListenerShouldTakeNoExpiryAway() {
        String namespace = namespace();
        Expiries recorder = new Expiries();
        SessionTracker silent = tracker(namespace, KEPT);
        SessionTracker listening = tracker(namespace, KEPT, recorder);
        silent.start(new Checkout("order-1"), SessionEntryOptions.absoluteAt(past()))
                .orElseThrow();

        assertThat(silent.expireSessions()).isZero();
        assertThat(listening.count(Checkout.class)).isZero();
        assertThat(listening.expireSessions()).isEqualTo(1);
        assertThat(recorder.keys()).containsExactly("order-1");
    }

    @Test
    default void eachTypeThatTheProcessKnowsShouldBeSwept() {
        String namespace = namespace();
        SessionTracker starter = tracker(namespace, KEPT);
        starter.start(new Checkout("order-1"), SessionEntryOptions.absoluteAt(past()))
                .orElseThrow();
        Expiries unaware = new Expiries();
        Expiries named = new Expiries() {
            @Override
            public Set<Class<? extends Session>> namedTypes() {
                return Set.of(Checkout.class);
            }
        };
        Expiries known = new Expiries();
        Expiries used = new Expiries();

        assertThat(tracker(namespace, KEPT, unaware).expireSessions()).isZero();
        assertThat(tracker(namespace, KEPT, named).expireSessions()).isEqualTo(1);
        starter.start(new Checkout("order-2"), SessionEntryOptions.absoluteAt(past()))
                .orElseThrow();
        assertThat(builder(data(namespace), locks(namespace), KEPT)
                        .types(List.of(Checkout.class))
                        .listener(known)
                        .build()
                        .expireSessions())
                .isEqualTo(1);
        starter.start(new Checkout("order-3"), SessionEntryOptions.absoluteAt(past()))
                .orElseThrow();
        SessionTracker user = tracker(namespace, KEPT, used);
        assertThat(user.get(Checkout.class, "any").isFailure()).isTrue();
        assertThat(user.expireSessions()).isEqualTo(1);
        user.start(new Checkout("order-4"), SessionEntryOptions.absoluteAt(past()))
                .orElseThrow();
        user.start(new TrackerStartContract.ExpressCheckout("order-4"), SessionEntryOptions.absoluteAt(past()))
                .orElseThrow();
        assertThat(user.expireSessions()).isEqualTo(2);
    }

    @Test
    default void aListenerThatCannotBeNotifiedShouldBeRefused() {
        SessionListener named = new Expiries() {
            @Override
            public Set<Class<? extends Session>> namedTypes() {
                return Set.of(Checkout.class);
            }
        };
        SessionListener uninterested = new RecordingListener() {
            @Override
            public Set<Class<? extends Session>> namedTypes() {
                return Set.of(Checkout.class);
            }

            @Override
            public boolean listensTo(Class<?> event, Class<? extends Session> type) {
                return event != SessionExpired.class;
            }
        };

        assertThatExceptionOfType(MissingRetentionException.class)
                .isThrownBy(() -> tracker(namespace(), SessionTypeSettings.BUILT_IN, named))
                .withMessageContaining("session-tracker.types.checkout.expired-retention")
                .satisfies(e -> assertThat(e.type()).isEqualTo("checkout"));
        assertThatCode(() -> tracker(namespace(), SessionTypeSettings.BUILT_IN, uninterested))
                .doesNotThrowAnyException();
        assertThatCode(() -> tracker(namespace(), SessionTypeSettings.BUILT_IN, new Expiries()))
                .doesNotThrowAnyException();
    }

    /** So long that what a process claimed that died is claimed again. */
    @Test
    default void aRetentionTooShortToDeliverShouldBeRefused() {
        SessionListener named = new Expiries() {
            @Override
            public Set<Class<? extends Session>> namedTypes() {
                return Set.of(Checkout.class);
            }
        };
        Duration least = Duration.ofMinutes(3);
        SweepSettings sweep = new SweepSettings(true, Duration.ofMinutes(1), Duration.ofMinutes(1), 100, 5);

        assertThatExceptionOfType(ShortRetentionException.class)
                .isThrownBy(() -> keeping(least.minusMillis(1))
                        .sweep(sweep)
                        .listener(named)
                        .buildIdle())
                .withMessageContaining("at least PT3M")
                .satisfies(e -> assertThat(e.type()).isEqualTo("checkout"));
        assertThatCode(() -> keeping(least).sweep(sweep).listener(named).buildIdle())
                .doesNotThrowAnyException();
        assertThatCode(() -> keeping(Duration.ofMillis(1))
                        .sweep(new SweepSettings(false, HOUR, HOUR, 100, 5))
                        .listener(named)
                        .buildIdle())
                .as("an application that sweeps by itself knows when")
                .doesNotThrowAnyException();
    }

    private SessionTrackerBuilder keeping(Duration retention) {
        return builder(
                data(namespace()),
                locks(namespace()),
                new SessionTypeSettings(
                        SessionEntryOptions.absolute(HOUR),
                        retention,
                        SessionEntryOptions.absolute(HOUR),
                        LockSettings.BUILT_IN));
    }

    /** Hears of expiry only. */
    class Expiries extends RecordingListener {
        @Override
        public boolean listensTo(Class<?> event, Class<? extends Session> type) {
            return event == SessionExpired.class;
        }

        List<Checkout> sessions() {
            return events().stream()
                    .map(SessionEvent::session)
                    .map(Checkout.class::cast)
                    .toList();
        }
    }
}
