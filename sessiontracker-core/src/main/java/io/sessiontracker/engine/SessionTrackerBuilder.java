package io.sessiontracker.engine;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

import io.sessiontracker.Session;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;

/**
 * Puts a {@link SessionTracker} together in a program that has no framework to do it. The providers stay the caller's, and
 * are closed by it.
 */
public final class SessionTrackerBuilder {

    private final SessionDataProvider data;
    private final SessionLockProvider locks;
    private final SessionCodec codec;
    private SessionTrackerSettings settings = SessionTrackerSettings.BUILT_IN;
    private Collection<Class<? extends Session>> types = List.of();

    /** Over these three, with the built-in settings. */
    public SessionTrackerBuilder(SessionDataProvider data, SessionLockProvider locks, SessionCodec codec) {
        this.data = Objects.requireNonNull(data, "data");
        this.locks = Objects.requireNonNull(locks, "locks");
        this.codec = Objects.requireNonNull(codec, "codec");
    }

    /** With these settings in place of the built-in ones. */
    public SessionTrackerBuilder settings(SessionTrackerSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /** Knowing these classes from the start, so that two with one name are found at once; others become known by use. */
    public SessionTrackerBuilder types(Collection<Class<? extends Session>> types) {
        this.types = List.copyOf(types);
        return this;
    }

    /**
     * The tracker.
     *
     * @throws DuplicateSessionTypeException if two of the known classes have one type name
     * @throws IllegalStateException if a known class has no valid type name
     */
    public SessionTracker build() {
        SessionTypes sessionTypes = new SessionTypes(settings, codec, types);
        SessionOperations operations = new SessionOperations(sessionTypes, codec, data);
        return new BlockingSessionTracker(
                operations, new SessionModification(operations), new SessionLocks(sessionTypes, locks, operations));
    }
}
