package io.sessiontracker.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.Session;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.event.SessionReminder;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionInstrumentation;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.StoredSession;

/** What sweeps deliver at least once. */
enum DeliveryKind {
    /** Expired sessions. */
    EXPIRATION(SessionExpired.class, "An expired session", "An expired session") {
        @Override
        SessionSweep claim(String type, SweepSettings settings) {
            return SessionSweep.claim(
                    type, settings.batchSize(), settings.lease().toMillis());
        }

        @Override
        StoredSession session(SessionSweep.Claimed claimed) {
            return claimed.session().withExpiresAt(claimed.dueAt());
        }

        @Override
        <S extends Session> SessionEvent<S> event(String type, SessionSweep.Claimed claimed, S session) {
            return new SessionExpired<>(
                    session.getId() + ".expired", type, claimed.key(), Instant.ofEpochMilli(claimed.dueAt()), session);
        }

        @Override
        CompletionStage<Void> acknowledge(
                SessionDataProvider store, String type, Collection<SessionSweep.Claimed> delivered) {
            return store.acknowledgeExpired(type, delivered);
        }

        @Override
        void notifyDelivered(SessionInstrumentation instrumentation, String type) {
            instrumentation.expirationDelivered(type);
        }

        @Override
        void notifyRedelivered(SessionInstrumentation instrumentation, String type) {
            instrumentation.expirationRedelivered(type);
        }
    },

    /** Reminders of running sessions. */
    REMINDER(SessionReminder.class, "A reminder", "A session with a reminder") {
        @Override
        SessionSweep claim(String type, SweepSettings settings) {
            return SessionSweep.claimReminders(
                    type, settings.batchSize(), settings.lease().toMillis());
        }

        @Override
        StoredSession session(SessionSweep.Claimed claimed) {
            return claimed.session();
        }

        @Override
        <S extends Session> SessionEvent<S> event(String type, SessionSweep.Claimed claimed, S session) {
            String name = Objects.requireNonNull(claimed.reminder(), "A reminder must have a name");
            return new SessionReminder<>(
                    session.getId() + "." + claimed.dueAt() + "." + name,
                    name,
                    type,
                    claimed.key(),
                    Instant.ofEpochMilli(claimed.dueAt()),
                    session);
        }

        @Override
        CompletionStage<Void> acknowledge(
                SessionDataProvider store, String type, Collection<SessionSweep.Claimed> delivered) {
            return store.acknowledgeReminders(type, delivered);
        }

        @Override
        void notifyDelivered(SessionInstrumentation instrumentation, String type) {
            instrumentation.reminderDelivered(type);
        }

        @Override
        void notifyRedelivered(SessionInstrumentation instrumentation, String type) {
            instrumentation.reminderRedelivered(type);
        }
    };

    private final Class<?> event;
    private final String delivered;
    private final String session;

    DeliveryKind(Class<?> event, String delivered, String session) {
        this.event = event;
        this.delivered = delivered;
        this.session = session;
    }

    /** Returns the event that listeners receive. */
    Class<?> event() {
        return event;
    }

    /** Returns what is delivered, as messages begin with it. */
    String delivered() {
        return delivered;
    }

    /** Returns what may be unreadable, as messages begin with it. */
    String session() {
        return session;
    }

    abstract SessionSweep claim(String type, SweepSettings settings);

    /** Returns the session as listeners receive it. */
    abstract StoredSession session(SessionSweep.Claimed claimed);

    abstract <S extends Session> SessionEvent<S> event(String type, SessionSweep.Claimed claimed, S session);

    abstract CompletionStage<Void> acknowledge(
            SessionDataProvider store, String type, Collection<SessionSweep.Claimed> delivered);

    abstract void notifyDelivered(SessionInstrumentation instrumentation, String type);

    abstract void notifyRedelivered(SessionInstrumentation instrumentation, String type);
}
