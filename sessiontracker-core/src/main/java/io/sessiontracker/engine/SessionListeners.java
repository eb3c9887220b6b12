package io.sessiontracker.engine;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.sessiontracker.Session;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.event.SessionListener;

/** Who is told, in order. More may join while the tracker works; nobody leaves. */
final class SessionListeners implements Iterable<SessionListener> {

    private final SessionTypes types;
    private final SessionTrackerSettings settings;
    private final List<SessionListener> listeners = new CopyOnWriteArrayList<>();

    SessionListeners(SessionTypes types, SessionTrackerSettings settings) {
        this.types = types;
        this.settings = settings;
    }

    /** All of them or, if it throws, none. */
    void add(Collection<? extends SessionListener> added) {
        added.forEach(listener -> types.know(listener.namedTypes()));
        added.forEach(this::requireRetention);
        listeners.addAll(added);
    }

    @Override
    public Iterator<SessionListener> iterator() {
        return listeners.iterator();
    }

    private void requireRetention(SessionListener listener) {
        for (Class<? extends Session> type : listener.namedTypes()) {
            String name = types.nameOf(type);
            if (listener.listensTo(SessionExpired.class, type)
                    && settings.of(name).expiredRetention() == null) {
                throw new MissingRetentionException(name, type);
            }
        }
    }
}
