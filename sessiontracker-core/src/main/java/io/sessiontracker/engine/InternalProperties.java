package io.sessiontracker.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.sessiontracker.Session;
import io.sessiontracker.SessionInternals;

/**
 * What the engine stores with a session for itself: as properties whose names begin with {@code $}, which no application's property
 * does. An instance has them apart from the application's.
 */
final class InternalProperties {

    private static final String PREFIX = "$";

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
        if (stored.keySet().stream().noneMatch(InternalProperties::isInternal)) {
            SessionInternals.replaceProperties(copy, stored);
            return;
        }
        Map<Boolean, Map<String, String>> parts = stored.entrySet().stream()
                .collect(Collectors.partitioningBy(
                        property -> isInternal(property.getKey()),
                        Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        SessionInternals.replaceProperties(copy, parts.getOrDefault(false, Map.of()));
        SessionInternals.internalProperties(copy, parts.getOrDefault(true, Map.of()));
    }

    private static boolean isInternal(String name) {
        return name.startsWith(PREFIX);
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
