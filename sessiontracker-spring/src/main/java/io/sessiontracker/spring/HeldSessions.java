package io.sessiontracker.spring;

import java.util.HashMap;
import java.util.Map;

import io.sessiontracker.LockedSession;
import io.sessiontracker.Session;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that {@code @WithSession} methods of this thread hold locked. Locks are not re-entrant, so a nested call for the
 * same session would wait for its own caller.
 */
final class HeldSessions {

    private final ThreadLocal<@Nullable Map<Name, LockedSession<?>>> held = new ThreadLocal<>();

    private record Name(Class<? extends Session> type, String key) {}

    /** Returns the session that an outer call holds; null if there is none, or its lock is lost. */
    @Nullable
    <S extends Session> S get(Class<S> type, String key) {
        Map<Name, LockedSession<?>> present = held.get();
        LockedSession<?> locked = present == null ? null : present.get(new Name(type, key));
        return locked != null && locked.lock().isAcquired() ? type.cast(locked.session()) : null;
    }

    <S extends Session> void add(Class<S> type, String key, LockedSession<S> locked) {
        Map<Name, LockedSession<?>> present = held.get();
        if (present == null) {
            present = new HashMap<>();
            held.set(present);
        }
        present.put(new Name(type, key), locked);
    }

    /** Removes exactly this session: if its lock was lost, a nested call may have added another. */
    void remove(Class<? extends Session> type, String key, LockedSession<?> locked) {
        Map<Name, LockedSession<?>> present = held.get();
        if (present != null) {
            present.remove(new Name(type, key), locked);
            if (present.isEmpty()) {
                held.remove();
            }
        }
    }
}
