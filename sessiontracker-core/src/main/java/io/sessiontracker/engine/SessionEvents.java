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

/** Tells the listeners, in turn and in the thread that did the work; keeps what they throw away from it and from each other. */
final class SessionEvents {

    private static final Logger log = LoggerFactory.getLogger(SessionEvents.class);

    private final StoreReplyMapper replies;
    private final SessionListeners listeners;

    SessionEvents(StoreReplyMapper replies, SessionListeners listeners) {
        this.replies = replies;
        this.listeners = listeners;
    }

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
            log.warn("A listener threw when it was asked whether it listens; it is not told", thrown);
            return false;
        }
    }

    /** Tells what was just stored, if anybody wants to hear it: that it cannot be told changes nothing about it. */
    <S extends Session> void tell(
            Class<?> event, Kind kind, SessionTypeInfo<S> info, SessionAddress address, StoredSession stored, long at) {
        if (anyWants(event, info.type())) {
            S session = read(info, address, stored);
            if (session != null) {
                tell(
                        info.type(),
                        kind.event(RandomIds.next(), address.type(), address.key(), Instant.ofEpochMilli(at), session));
            }
        }
    }

    /** As {@link #tell}, also of a session that cannot be read. */
    <S extends Session> void tellDeleted(
            SessionTypeInfo<S> info, SessionAddress address, @Nullable StoredSession stored, long at) {
        if (anyWants(SessionDeleted.class, info.type())) {
            S session = stored == null ? null : read(info, address, stored);
            tell(
                    info.type(),
                    new SessionDeleted<>(
                            RandomIds.next(), address.type(), address.key(), Instant.ofEpochMilli(at), session));
        }
    }

    private <S extends Session> @Nullable S read(
            SessionTypeInfo<S> info, SessionAddress address, StoredSession stored) {
        try {
            return replies.copy(address, info.type(), stored);
        } catch (RuntimeException | Error unreadable) {
            report(new SessionTrackerError(
                    "An event could not be told, because its session cannot be read",
                    address.type(),
                    address.key(),
                    unreadable));
            return null;
        }
    }

    /** Whether every listener took it. */
    boolean tell(Class<? extends Session> type, SessionEvent<?> event) {
        boolean taken = true;
        for (SessionListener listener : listeners) {
            if (wants(listener, event.getClass(), type)) {
                taken &= tell(listener, event);
            }
        }
        return taken;
    }

    // Whatever it throws, an Error or what it does not declare: what was stored is stored, and must not be taken for
    // failed.
    private boolean tell(SessionListener listener, SessionEvent<?> event) {
        try {
            listener.onEvent(event);
            return true;
        } catch (Throwable thrown) {
            report(new SessionTrackerError(
                    "A listener threw at " + event.getClass().getSimpleName(), event.type(), event.key(), thrown));
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
        publish(error);
    }

    /** The same, of what is logged already. */
    void publish(SessionTrackerError error) {
        for (SessionListener listener : listeners) {
            try {
                listener.onError(error);
            } catch (Throwable thrown) {
                log.warn("A listener threw at an error that it was told", thrown);
            }
        }
    }
}
