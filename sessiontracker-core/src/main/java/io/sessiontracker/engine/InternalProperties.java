package io.sessiontracker.engine;

import java.util.HashMap;
import java.util.Map;

import io.sessiontracker.Session;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.spi.SessionData;

/**
 * What the engine stores with a session for itself: as properties whose names begin with {@code $}, which no application's property
 * does. An instance has them apart from the application's.
 */
final class InternalProperties {

    private InternalProperties() {}

    /** Returns the properties to store with a session: the application's and these. */
    static Map<String, String> joined(Session session) {
        Map<String, String> own = SessionInternals.internalProperties(session);
        if (own.isEmpty()) {
            return session.getProperties();
        }
        Map<String, String> all = new HashMap<>(session.getProperties());
        all.putAll(own);
        return all;
    }

    /** Gives a fresh copy the properties that were stored with it. */
    static void restore(Session copy, Map<String, String> stored) {
        Map<String, String> own = stored.isEmpty() ? Map.of() : SessionData.ofTracker(stored);
        SessionInternals.replaceProperties(copy, own.isEmpty() ? stored : SessionData.ofApplication(stored));
        SessionInternals.internalProperties(copy, own);
    }

    static String get(Session session, String name, String absent) {
        return SessionInternals.internalProperties(session).getOrDefault(name, absent);
    }

    static void put(Session session, String name, String value) {
        Map<String, String> changed = new HashMap<>(SessionInternals.internalProperties(session));
        changed.put(name, value);
        SessionInternals.internalProperties(session, changed);
    }
}
