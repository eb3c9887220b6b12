package io.sessiontracker.spring;

import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

import io.sessiontracker.Session;
import org.jspecify.annotations.Nullable;

/**
 * A session that a {@code @WithSession} method holds locked, and those of the calls around it. Locks are not re-entrant, so a
 * nested call for the same session would wait for its own caller. Immutable.
 *
 * @param held whether the lock is not lost
 * @param outer the sessions of the calls around; null if there are none
 */
record HeldSessions(
        Class<? extends Session> type,
        String key,
        Session session,
        BooleanSupplier held,
        @Nullable HeldSessions outer) {

    /** Returns the session if one of these calls holds it; null if none does, or its lock is lost. */
    static <S extends Session> @Nullable S find(@Nullable HeldSessions innermost, Class<S> type, String key) {
        for (HeldSessions each = innermost; each != null; each = each.outer) {
            if (each.type == type && each.key.equals(key) && each.held.getAsBoolean()) {
                return type.cast(each.session);
            }
        }
        return null;
    }

    /** The sessions that are held by the method which the current thread is in. */
    static final class OfThread {

        private final ThreadLocal<@Nullable HeldSessions> current = new ThreadLocal<>();

        @Nullable
        HeldSessions get() {
            return current.get();
        }

        /** Calls the body of a method that holds these sessions. */
        @Nullable
        Object during(@Nullable HeldSessions sessions, Callable<@Nullable Object> body) throws Exception {
            HeldSessions before = current.get();
            set(sessions);
            try {
                return body.call();
            } finally {
                set(before);
            }
        }

        private void set(@Nullable HeldSessions sessions) {
            if (sessions == null) {
                current.remove();
            } else {
                current.set(sessions);
            }
        }
    }
}
