package io.sessiontracker.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import io.sessiontracker.Session;
import io.sessiontracker.SessionWatch;
import io.sessiontracker.SessionWatcher;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;

/** The sessions that this process watches, by any API. Watchers of one key share its reads. */
final class SessionWatches {

    private final StoreReplyMapper replies;
    private final SessionEvents events;
    private final SessionDataProvider store;
    private final Executor workers;
    private final Duration interval;
    private final Map<SessionAddress, WatchedSession> watched = new ConcurrentHashMap<>();

    /**
     * Creates an empty set.
     *
     * @param store does not block the threads that call it
     * @param interval after which a session is compared with the store unless the store announced a change before
     */
    SessionWatches(
            StoreReplyMapper replies,
            SessionEvents events,
            SessionDataProvider store,
            Executor workers,
            Duration interval) {
        this.replies = replies;
        this.events = events;
        this.store = store;
        this.workers = workers;
        this.interval = interval;
    }

    <S extends Session> SessionWatch watch(
            SessionTypeInfo<S> info, SessionAddress address, SessionWatcher<? super S> watcher) {
        Objects.requireNonNull(watcher, "The watcher must not be null");
        WatcherCalls<S> calls =
                new WatcherCalls<>(address, stored -> replies.copy(address, info, stored), watcher, workers, events);
        WatchedSession session = watched(address.anyOwners());
        while (!session.add(calls)) {
            watched.remove(session.address(), session);
            session = watched(address.anyOwners());
        }
        return calls;
    }

    private WatchedSession watched(SessionAddress address) {
        return watched.computeIfAbsent(address, same -> new WatchedSession(same, store, interval, this::forget));
    }

    private void forget(WatchedSession ended) {
        watched.remove(ended.address(), ended);
    }

    /** Compares a session with the store, if it is watched. */
    void changed(SessionAddress address) {
        WatchedSession session = watched.get(address);
        if (session != null) {
            session.compare();
        }
    }

    /** Ends all watches. */
    void stop() {
        watched.values().forEach(WatchedSession::stop);
    }

    /** Returns how many sessions are watched, for tests. */
    int size() {
        return watched.size();
    }
}
