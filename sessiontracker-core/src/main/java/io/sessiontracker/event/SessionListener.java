package io.sessiontracker.event;

import java.util.Set;

import io.sessiontracker.Session;

/**
 * Is notified of changes of sessions. Listeners are called one after the other, by the thread that made the change, after
 * it is stored. A listener's exception affects neither the operation nor other listeners: it is logged and published as
 * {@link SessionTrackerError}; a {@link SessionExpired} or a {@link SessionReminder} is redelivered.
 */
@FunctionalInterface
public interface SessionListener {

    /** Receives an event that this listener {@linkplain #listensTo listens to}. */
    void onEvent(SessionEvent<?> event);

    /** Receives a failure of background work. An exception thrown here is logged and goes no further. */
    default void onError(SessionTrackerError error) {}

    /**
     * Returns whether this listener wants a kind of event of a type; asked before the work that an event needs is done.
     * Everything by default. The result for a kind and a type must not change.
     *
     * @param event the kind of event, such as {@code SessionExpired.class}
     * @param type the session's class
     */
    default boolean listensTo(Class<?> event, Class<? extends Session> type) {
        return true;
    }

    /**
     * Returns the session classes that this listener is written for; empty for one that takes any. They are known from
     * the start. A tracker is not built if it could never deliver their expiry, because their type has no {@code
     * expired-retention}.
     */
    default Set<Class<? extends Session>> namedTypes() {
        return Set.of();
    }
}
