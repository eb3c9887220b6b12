package io.sessiontracker.spring;

import java.util.HashMap;
import java.util.Map;

import io.sessiontracker.LockedSession;
import io.sessiontracker.Session;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that methods hold locked in this thread. A lock is not re-entrant, so a method that another one calls for the
 * same session would wait for its own caller.
 */
final class HeldSessions {

    private final ThreadLocal<@Nullable Map<Name, LockedSession<?>>> held = new ThreadLocal<>();

    private record Name(Class<? extends Session> type, String key) {}

    /** The session that a caller of this method holds; null if none does, or its lock is lost. */
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

    /** Only that one: if its lock was lost, a method that it called may have got another. */
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
