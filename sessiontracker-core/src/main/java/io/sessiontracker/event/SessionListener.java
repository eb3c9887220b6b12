package io.sessiontracker.event;

import java.util.Set;

import io.sessiontracker.Session;

/**
 * Hears what happens to sessions. Listeners are called in turn, by the thread that did the work, after it is stored. What one
 * throws changes nothing about the operation, nor what the others hear: it is logged and told as {@link SessionTrackerError};
 * a {@link SessionExpired} comes again.
 */
@FunctionalInterface
public interface SessionListener {

    /** Something happened that this listener {@linkplain #listensTo listens to}. */
    void onEvent(SessionEvent<?> event);

    /** Something went wrong in the background. What this throws is logged and goes no further. */
    default void onError(SessionTrackerError error) {}

    /**
     * Which events it wants; asked before the work is done that an event needs. Everything, unless it says otherwise. What it
     * answers for a kind and a type must not change.
     *
     * @param event the kind of event, such as {@code SessionExpired.class}
     * @param type the session's class
     */
    default boolean listensTo(Class<?> event, Class<? extends Session> type) {
        return true;
    }

    /**
     * The session classes that it is written for; none for one that takes what comes. They are known from the start, and a
     * tracker that would never tell it of their expiry, because their type has no {@code expired-retention}, is not built.
     */
    default Set<Class<? extends Session>> namedTypes() {
        return Set.of();
    }
}
