package io.sessiontracker.engine;

import java.time.Instant;

import io.sessiontracker.Session;
import io.sessiontracker.event.SessionDeleted;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.event.SessionTrackerError;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.StoredSession;
import io.sessiontracker.spi.support.RandomIds;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies the listeners, in turn and in the thread that did the work; if that was part of the caller's transaction, after its commit.
 * A listener's exception affects neither the operation nor other listeners.
 */
record SessionEvents(StoreReplyMapper replies, SessionListeners listeners, CallerTransactions transactions) {

    private static final Logger log = LoggerFactory.getLogger(SessionEvents.class);

    /** A constructor of an event, such as {@code SessionStarted::new}. */
    interface Kind {
        <S extends Session> SessionEvent<S> event(String eventId, String type, String key, Instant at, S session);
    }

    boolean anyWants(Class<?> event, Class<? extends Session> type) {
        for (SessionListener listener : listeners) {
            if (wants(listener, event, type)) {
                return true;
            }
        }
        return false;
    }

    private static boolean wants(SessionListener listener, Class<?> event, Class<? extends Session> type) {
        try {
            return listener.listensTo(event, type);
        } catch (Throwable thrown) {
            log.warn("A listener failed in listensTo; it is not notified of this event", thrown);
            return false;
        }
    }

    /** Publishes an event of what was just stored, if a listener wants it. A session that cannot be read is reported instead. */
    <S extends Session> void publish(
            Class<?> event, Kind kind, SessionTypeInfo<S> info, SessionAddress address, StoredSession stored, long at) {
        if (anyWants(event, info.type())) {
            transactions.afterCommit(() -> {
                S session = read(info, address, stored);
                if (session != null) {
                    Instant moment = Instant.ofEpochMilli(at);
                    deliver(info.type(), kind.event(RandomIds.next(), address.type(), address.key(), moment, session));
                }
            });
        }
    }

    /** Publishes a deletion, also of a session that cannot be read. */
    <S extends Session> void publishDeleted(
            SessionTypeInfo<S> info, SessionAddress address, @Nullable StoredSession stored, long at) {
        if (anyWants(SessionDeleted.class, info.type())) {
            transactions.afterCommit(() -> {
                S session = stored == null ? null : read(info, address, stored);
                Instant moment = Instant.ofEpochMilli(at);
                deliver(
                        info.type(),
                        new SessionDeleted<>(RandomIds.next(), address.type(), address.key(), moment, session));
            });
        }
    }

    private <S extends Session> @Nullable S read(
            SessionTypeInfo<S> info, SessionAddress address, StoredSession stored) {
        try {
            return replies.copy(address, info, stored);
        } catch (RuntimeException | Error unreadable) {
            report(new SessionTrackerError(
                    "An event was not published, because its session cannot be read",
                    address.type(),
                    address.key(),
                    unreadable));
            return null;
        }
    }

    /** Notifies the listeners of an event; returns whether all of them accepted it. */
    boolean deliver(Class<? extends Session> type, SessionEvent<?> event) {
        boolean accepted = true;
        for (SessionListener listener : listeners) {
            if (wants(listener, event.getClass(), type)) {
                accepted &= deliver(listener, event);
            }
        }
        return accepted;
    }

    // Whatever it throws, also an Error or an undeclared exception: what was stored is stored, and must not be reported
    // as failed.
    private boolean deliver(SessionListener listener, SessionEvent<?> event) {
        try {
            listener.onEvent(event);
            return true;
        } catch (Throwable thrown) {
            report(new SessionTrackerError(
                    "A listener failed at " + event.getClass().getSimpleName(), event.type(), event.key(), thrown));
            return false;
        }
    }

    void report(SessionTrackerError error) {
        log.warn(
                "{}: {}{}",
                error.activity(),
                error.type(),
                error.key() == null ? "" : "/" + error.key(),
                error.cause());
        notifyOf(error);
    }

    /** Notifies the listeners of an error that is logged already. */
    void notifyOf(SessionTrackerError error) {
        for (SessionListener listener : listeners) {
            try {
                listener.onError(error);
            } catch (Throwable thrown) {
                log.warn("Listener failed in onError", thrown);
            }
        }
    }
}
