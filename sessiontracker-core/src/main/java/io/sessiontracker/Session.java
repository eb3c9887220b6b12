package io.sessiontracker;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The base class of everything that {@link SessionTracker} stores. A subclass adds the state, and a constructor that
 * takes the key.
 *
 * <p>Id, version, start time and properties are stored beside the state, never in its JSON.
 *
 * <p>An instance is a copy, not a handle: changing it changes nothing that is stored until it is passed to {@link
 * SessionTracker#update}. It is not thread-safe.
 */
public abstract class Session {

    // Transient keeps Jackson away from these, whatever the visibility rules of a mapper say.
    private final transient String key;
    private transient Map<String, String> properties = new LinkedHashMap<>();
    private transient String id = "";
    private transient long version;
    private transient @Nullable Instant startedAt;
    private transient @Nullable Instant expiresAt;
    private transient Map<String, String> internalProperties = Map.of();
    private transient Map<String, String> notedProperties = Map.of();
    private transient Map<String, Duration> reminders = Map.of();
    private transient @Nullable Object inDoubt;
    private transient @Nullable Object unknownState;

    /**
     * @param key the application's own key, 1 to 512 bytes of UTF-8 without control characters, not blank
     * @throws IllegalArgumentException if it is not that; the message says which rule it breaks
     * @throws NullPointerException if it is null
     */
    protected Session(String key) {
        this.key = SessionRules.requireKey(key);
    }

    /** Returns the application's key, unchanged. */
    public final String getKey() {
        return key;
    }

    /**
     * Tells apart the sessions that were started one after the other under the same key. It stays the same when the
     * session is updated, finished and resumed.
     *
     * @return the id; empty before the session is started
     */
    public final String getId() {
        return id;
    }

    /** Returns the version: 0 before the session is started, 1 when it is, and one more with every stored update. */
    public final long getVersion() {
        return version;
    }

    /**
     * Returns when the session was started, by the store's clock, in milliseconds.
     *
     * @throws IllegalStateException before it is started
     */
    public final Instant getStartedAt() {
        if (startedAt == null) {
            throw new IllegalStateException(this + " has no start time: it was never started");
        }
        return startedAt;
    }

    /**
     * Returns when the session expires unless it is used or changed first, by the store's clock, as of the last call that learned it for
     * this instance. Every start, {@link SessionTracker#get}, update and page of a query does; {@link SessionTracker#peek} does not if the
     * session has a sliding expiration on Redis. {@link SessionTracker#expiresAt(Session)} asks the store.
     *
     * @return the moment, {@link Instant#MAX} if it never expires; null if no call learned it, as before the session is started
     */
    public final @Nullable Instant getExpiresAt() {
        return expiresAt;
    }

    /**
     * Properties to find the session by: they are stored with it, and queries filter on them. Changing the map is like
     * changing the session: {@link SessionTracker#start} and {@link SessionTracker#update} store it.
     *
     * <p>A property's key is not empty, does not begin with {@code $}, has no blank, tab, line break, quote, parenthesis,
     * bracket, brace, comma or backslash, and is not one of the words {@code and or not is eq ne in has all} in any case. A
     * value is at most 1,024 bytes of UTF-8 and not null, all keys and values together at most 16,384. The call that
     * would store a map which breaks a rule throws {@link IllegalArgumentException} and sends nothing. A class may also keep {@linkplain
     * SessionProperty fields as properties}.
     *
     * @return the map itself, mutable
     */
    public final Map<String, String> getProperties() {
        return properties;
    }

    /**
     * Sets a reminder, in place of one of that name: {@code SessionReminder} is delivered so long after the write that stores it, by the
     * store's clock, unless the session ended before. As other changes it is stored by the next {@link SessionTracker#start} or {@link
     * SessionTracker#update} of this instance, or by the {@link SessionTracker#modify} that makes it, in the same step as the state. Finish,
     * delete and expiry cancel a session's reminders, a resume does not bring them back.
     *
     * @param name distinguishes it from the session's other reminders: 1 to 64 bytes of UTF-8 without control characters, not blank
     * @param after rounded up to milliseconds; at most a thousand years count
     * @throws IllegalArgumentException if the name is not that, or the duration is not positive
     */
    public final void remind(String name, Duration after) {
        changeReminder(name, SessionRules.requirePositive(after, "The time after which to remind"));
    }

    /**
     * Sets a reminder, in place of one of that name, that is due so long before the session expires. It moves with the deadline, and is
     * delivered once for each: if the session is used after that, and so expires later, it is due again. One that is due at once is
     * delivered by the next sweep, and one of a session that never expires is not delivered.
     *
     * @param name as in {@link #remind}
     * @param before rounded up to milliseconds; at most a thousand years count
     * @throws IllegalArgumentException if the name is not that, or the duration is not positive
     */
    public final void remindBeforeExpiry(String name, Duration before) {
        changeReminder(
                name,
                SessionRules.requirePositive(before, "The time before the expiry")
                        .negated());
    }

    /**
     * Cancels the reminder of that name, if there is one, as of the write that stores this. It may be delivered meanwhile.
     *
     * @throws IllegalArgumentException if no reminder can have that name
     */
    public final void cancelReminder(String name) {
        changeReminder(name, Duration.ZERO);
    }

    private void changeReminder(String name, Duration offset) {
        Map<String, Duration> changed = new LinkedHashMap<>(reminders);
        changed.put(SessionRules.requireReminderName(name), offset);
        reminders = changed;
    }

    /** Compares class, key and id; before it is started, a session equals only itself. */
    @Override
    @SuppressWarnings("EqualsGetClass") // the class is the session's type
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        return other != null
                && getClass() == other.getClass()
                && !id.isEmpty()
                && id.equals(((Session) other).id)
                && key.equals(((Session) other).key);
    }

    /** Hashes class and key only, so that the hash does not change when the session is started. */
    @Override
    public int hashCode() {
        return Objects.hash(getClass(), key);
    }

    /** Returns type, key, id and version; never the state. */
    @Override
    public String toString() {
        return SessionRules.displayName(getClass()) + "/" + key + "[id=" + id + ", version=" + version + "]";
    }

    void settle(String id, long version, Instant startedAt, @Nullable Instant expiresAt) {
        if (expiresAt != null || !id.equals(this.id)) {
            this.expiresAt = expiresAt;
        }
        this.id = id;
        this.version = version;
        this.startedAt = startedAt;
        this.inDoubt = null;
        this.reminders = Map.of();
    }

    /** Returns a task that sets what is known of the stored session to what it is now. */
    Runnable restoration() {
        String id = this.id;
        long version = this.version;
        Instant startedAt = this.startedAt;
        Instant expiresAt = this.expiresAt;
        Object inDoubt = this.inDoubt;
        Map<String, Duration> reminders = this.reminders;
        return () -> {
            this.id = id;
            this.version = version;
            this.startedAt = startedAt;
            this.expiresAt = expiresAt;
            this.inDoubt = inDoubt;
            this.reminders = reminders;
        };
    }

    void replaceProperties(Map<String, String> replacement) {
        this.properties = new LinkedHashMap<>(replacement);
    }

    void expiresAt(Instant value) {
        this.expiresAt = value;
    }

    Map<String, String> internalProperties() {
        return internalProperties;
    }

    void internalProperties(Map<String, String> replacement) {
        this.internalProperties = Map.copyOf(replacement);
    }

    Map<String, String> notedProperties() {
        return notedProperties;
    }

    void notedProperties(Map<String, String> noted) {
        this.notedProperties = Map.copyOf(noted);
    }

    Map<String, Duration> reminders() {
        return reminders;
    }

    void reminders(Map<String, Duration> changes) {
        this.reminders = changes;
    }

    @Nullable
    Object inDoubt() {
        return inDoubt;
    }

    void inDoubt(@Nullable Object write) {
        this.inDoubt = write;
    }

    @Nullable
    Object unknownState() {
        return unknownState;
    }

    void unknownState(@Nullable Object state) {
        this.unknownState = state;
    }
}
