package io.sessiontracker;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Gives the engine access to the package-private state of {@link Session}. Not for applications: it may change with any
 * release.
 */
public final class SessionInternals {

    private SessionInternals() {}

    /** Returns the key, or throws an {@link IllegalArgumentException} that names the rule which it breaks. */
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

    /**
     * Returns the version of a class's state.
     *
     * @throws IllegalStateException if its annotation says less than 1
     */
    public static int requireStateVersion(Class<? extends Session> type) {
        return SessionRules.requireStateVersion(type);
    }

    /** Returns the class's type name, or throws an {@link IllegalStateException} if it has none. */
    public static String requireTypeName(Class<? extends Session> type) {
        return SessionRules.requireTypeName(type);
    }

    /**
     * Sets what is now known to be stored, and forgets the writes that were {@linkplain #inDoubt in doubt}.
     *
     * @param expiresAt null if that was not learned: what was known of this start before remains
     */
    public static void settle(
            Session session, String id, long version, Instant startedAt, @Nullable Instant expiresAt) {
        session.settle(id, version, startedAt, expiresAt);
    }

    /** Sets when the session expires. */
    public static void expiresAt(Session session, Instant expiresAt) {
        session.expiresAt(expiresAt);
    }

    /**
     * Returns a task that sets back the id, version, start, expiry and {@linkplain #inDoubt writes in doubt} to what they are now, for the case
     * that what is stored next is rolled back.
     */
    public static Runnable restoration(Session session) {
        return session.restoration();
    }

    /** Sets a fresh copy's properties to those that were stored with it. */
    public static void replaceProperties(Session session, Map<String, String> properties) {
        session.replaceProperties(properties);
    }

    /** Returns the properties that the engine noted last. */
    public static Map<String, String> notedProperties(Session session) {
        return session.notedProperties();
    }

    /** Notes the properties, to notice later which of them were changed by the application. */
    public static void notedProperties(Session session, Map<String, String> properties) {
        session.notedProperties(properties);
    }

    /** Returns the engine's own properties of a session, which are stored beside the application's. */
    public static Map<String, String> internalProperties(Session session) {
        return session.internalProperties();
    }

    /** Sets the engine's own properties. */
    public static void internalProperties(Session session, Map<String, String> properties) {
        session.internalProperties(properties);
    }

    /**
     * Returns the changes of reminders that the next write of this instance makes, by name: a positive time counts from the write, a negative
     * one from the expiry, and zero cancels.
     */
    public static Map<String, Duration> reminders(Session session) {
        return session.reminders();
    }

    /** Sets the changes of reminders that the next write makes. */
    public static void reminders(Session session, Map<String, Duration> changes) {
        session.reminders(changes);
    }

    /** Returns what the engine remembers of this instance's writes whose outcome is not known; null if there are none. */
    public static @Nullable Object inDoubt(Session session) {
        return session.inDoubt();
    }

    /** Remembers writes whose outcome is not known; null for none. */
    public static void inDoubt(Session session, @Nullable Object write) {
        session.inDoubt(write);
    }

    /** Returns what the codec keeps of the stored state that the instance's class does not know; null if there is nothing. */
    public static @Nullable Object unknownState(Session session) {
        return session.unknownState();
    }

    /** Keeps what an instance's class does not know of the stored state. */
    public static void unknownState(Session session, Object state) {
        session.unknownState(state);
    }
}
