package io.sessiontracker.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.sessiontracker.Session;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.event.SessionListener;

/** The listeners of a tracker, in the order in which they are notified. More may be added at any time; none is removed. */
final class SessionListeners implements Iterable<SessionListener> {

    private final SessionTypes types;
    private final SessionTrackerSettings settings;
    private final SweepSettings sweep;
    private final List<SessionListener> listeners = new CopyOnWriteArrayList<>();

    SessionListeners(SessionTypes types, SessionTrackerSettings settings, SweepSettings sweep) {
        this.types = types;
        this.settings = settings;
        this.sweep = sweep;
    }

    /** Adds all of them or, if it throws, none. */
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
            if (listener.listensTo(SessionExpired.class, type)) {
                requireRetention(types.nameOf(type), type);
            }
        }
    }

    /** Without a background sweep, how long the retention has to be depends on when the application sweeps. */
    private void requireRetention(String name, Class<? extends Session> type) {
        Duration retention = settings.of(name).expiredRetention();
        if (retention == null) {
            throw new MissingRetentionException(name, type, settings.of(name).queryable());
        }
        if (sweep.enabled() && retention.compareTo(sweep.leastRetention()) < 0) {
            throw new ShortRetentionException(name, type, retention, sweep);
        }
    }
}
