package io.sessiontracker.engine;

import java.util.Collection;
import java.util.SortedMap;

import io.sessiontracker.AsyncSessionTracker;
import io.sessiontracker.Session;
import io.sessiontracker.SessionAuthorizer;
import io.sessiontracker.SessionCallerResolver;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.event.SessionListener;
import org.jspecify.annotations.Nullable;

/** A tracker with its background work. */
public interface ClosableSessionTracker extends SessionTracker, AutoCloseable {

    /** Returns the async API of this tracker, with the same sessions, listeners and locks. */
    AsyncSessionTracker async();

    /**
     * Returns the async API with another authorizer than the tracker's, and another way to find out who calls: for an API over it that
     * asks by itself.
     *
     * @param authorizer {@link SessionAuthorizer#PERMIT_ALL} if that API asks one
     * @param callers null for the tracker's
     */
    AsyncSessionTracker async(SessionAuthorizer authorizer, @Nullable SessionCallerResolver callers);

    /**
     * Adds listeners, which are notified after those that were added before: for listeners that use the tracker themselves, and so are
     * created after it. If it throws, none is added.
     *
     * @param types classes to know from now on, beside those that the listeners name
     * @throws DuplicateSessionTypeException if two of the known classes have one type name
     * @throws MissingRetentionException if a listener names a type whose expired sessions are not kept for delivery
     */
    void addListeners(
            Collection<? extends SessionListener> listeners, Collection<? extends Class<? extends Session>> types);

    /** Returns the session classes that this process knows by now, by type name: from the start, by a listener, or by use. */
    SortedMap<String, Class<? extends Session>> knownTypes();

    /**
     * Begins the background sweep, if the settings want one and it is not running; also after {@link #stopSweeping}. Lets near caches
     * receive announcements again.
     */
    void startSweeping();

    /**
     * Ends the background sweep; waits for what is under way. Until it is started again {@link #expireSessions} delivers nothing
     * either, so that no listener is called after it was closed. Near caches end their subscriptions, and ask the store at each read.
     */
    void stopSweeping();

    /** {@linkplain #stopSweeping Ends} the background sweep. May be called any number of times. Sessions stay as they are. */
    @Override
    default void close() {
        stopSweeping();
    }
}
