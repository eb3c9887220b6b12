package io.sessiontracker;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The one door through which the engine reaches what {@link Session} keeps to itself. Not for applications: it may
 * change with any release.
 */
public final class SessionInternals {

    private SessionInternals() {}

    /** The key itself, or the exception that says which rule it breaks. */
    public static String requireKey(String key) {
        return SessionRules.requireKey(key);
    }

    /** Throws {@link IllegalArgumentException} if the properties may not be stored. */
    public static void requireProperties(Map<String, String> properties) {
        SessionRules.requireProperties(properties);
    }

    /** Throws {@link IllegalArgumentException} if no property may have that key. */
    public static void requirePropertyKey(String name) {
        SessionRules.requirePropertyKey(name);
    }

    /** Returns whether a session type may have that name. */
    public static boolean isTypeName(String name) {
        return SessionRules.isTypeName(name);
    }

    /** The class's type name, or {@link IllegalStateException} if it has none. */
    public static String requireTypeName(Class<? extends Session> type) {
        return SessionRules.requireTypeName(type);
    }

    /** Tells the instance what is now known to be stored; forgets what was {@link #unsettled}. */
    public static void settle(Session session, String id, long version, Instant startedAt) {
        session.settle(id, version, startedAt);
    }

    /** Gives a fresh copy the properties that were stored with it. */
    public static void replaceProperties(Session session, Map<String, String> properties) {
        session.replaceProperties(properties);
    }

    /** What the engine has to remember of a write by this instance whose outcome is not known; null if there is none. */
    public static @Nullable Object unsettled(Session session) {
        return session.unsettled();
    }

    /** Remembers a write whose outcome is not known, or with null that there is none any more. */
    public static void unsettled(Session session, @Nullable Object write) {
        session.unsettled(write);
    }
}
