package io.sessiontracker.autoconfigure.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.sessiontracker.cache.NearCacheMode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * The settings under {@code session-tracker}. Null is a value that is not set.
 *
 * @param store Where sessions are kept.
 * @param namespace Keeps applications apart that share a store; those with different namespaces never see each other's
 *     sessions. 1 to 64 ASCII letters, digits, '.', '_', '-' and ':'. Default is spring.application.name.
 * @param redis Settings of the redis store.
 * @param lock Which service locks sessions.
 * @param sweep How expired sessions are found.
 * @param web How session errors reach HTTP clients.
 * @param modify What a modify does while other processes write to the same session.
 * @param watch How watched sessions are compared with the store.
 * @param nearCache What the near caches of all types share.
 * @param encryption How stored state is encrypted.
 * @param defaults For every session type that does not say otherwise.
 * @param types Settings by session type name; they override the defaults.
 */
@ConfigurationProperties(SessionTrackerProperties.PREFIX)
public record SessionTrackerProperties(
        @DefaultValue("redis") String store,
        @Nullable String namespace,
        @DefaultValue Redis redis,
        @DefaultValue Lock lock,
        @DefaultValue Sweep sweep,
        @DefaultValue Web web,
        @DefaultValue Modify modify,
        @DefaultValue Watch watch,
        @DefaultValue NearCache nearCache,
        @DefaultValue Encryption encryption,
        @DefaultValue Type defaults,
        @DefaultValue Map<String, Type> types) {

    /** What all settings begin with. */
    public static final String PREFIX = "session-tracker";

    /**
     * Settings of the redis store.
     *
     * @param minReplicas How many replicas must have confirmed a change of a session before the call succeeds; 0 to wait for
     *     none.
     */
    public record Redis(@DefaultValue("0") int minReplicas) {}

    /**
     * Which service locks sessions.
     *
     * @param provider The service that locks sessions, the same in all processes of a namespace. Default is redisson with the
     *     redis store, else that of the store: jdbc, dynamodb or memory.
     */
    public record Lock(@Nullable String provider) {}

    /**
     * How expired sessions are found.
     *
     * @param enabled Whether this process looks for expired sessions in the background.
     * @param interval How long after one sweep the next begins.
     * @param lease How long a process has to deliver the expired sessions that it has claimed, before another one may claim
     *     them. Also the time between two deliveries of a session whose listener throws.
     * @param batchSize How many expired sessions to claim at a time.
     * @param attempts How often to deliver an expired session whose listener throws.
     */
    public record Sweep(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("10s") Duration interval,
            @DefaultValue("1m") Duration lease,
            @DefaultValue("100") int batchSize,
            @DefaultValue("5") int attempts) {}

    /**
     * How session errors reach HTTP clients.
     *
     * @param problemDetails Whether a SessionErrorException or SessionStoreException that leaves a handler becomes a problem
     *     detail (RFC 9457) with a fitting status.
     * @param problemType Prefix of the problem's type; the problem's name follows it.
     */
    public record Web(
            @DefaultValue("false") boolean problemDetails,
            @DefaultValue("urn:sessiontracker:problem:") String problemType) {}

    /**
     * What a modify does while other processes write to the same session.
     *
     * @param attempts How often a modify tries to store its change, with back-off, before it gives up with a
     *     VersionConflict. Calls of the same process do not count: they share their writes.
     */
    public record Modify(@DefaultValue("64") int attempts) {}

    /**
     * How watched sessions are compared with the store.
     *
     * @param interval How often a watched session is compared with the store. With near-cache.mode local changes are
     *     announced, and it is only while no announcements arrive.
     */
    public record Watch(@DefaultValue("1s") Duration interval) {}

    /**
     * What the near caches of all types share.
     *
     * @param maxSize How much memory the copies of sessions may take in this process, estimated.
     */
    public record NearCache(@DefaultValue("32MB") DataSize maxSize) {}

    /**
     * How stored state is encrypted.
     *
     * @param active The id of the key that encrypts. Without, nothing is encrypted, unless there is a SessionKeyProvider bean.
     * @param keys The keys by their ids, each 32 random bytes in Base64: the active one, and those that stored sessions may still need.
     * @param acceptPlain Whether a state that was stored without encryption may be read.
     * @param compressAbove How large a state may be before it is compressed. By default none is.
     */
    public record Encryption(
            @Nullable String active,
            @DefaultValue Map<String, String> keys,
            @DefaultValue("false") boolean acceptPlain,
            @Nullable DataSize compressAbove) {

        /** Without the keys. */
        @Override
        public String toString() {
            return "Encryption[active=%s, keys=%s]".formatted(active, keys.keySet());
        }
    }

    /**
     * The settings of a session type.
     *
     * @param absoluteExpiration How long after its start a session ends; 'none' or 0 for never.
     * @param slidingExpiration How long after its last use a session ends; 'none' or 0 for never.
     * @param slidingTolerance How much longer than its sliding expiration a session may live, so that not every read has to
     *     prolong it; 0 for exact. Default is 1 % of the sliding expiration, at most 10 seconds.
     * @param expiredRetention How long past its end a session's last state is kept for delivery as SessionExpired; 'none' or 0
     *     for not at all.
     * @param indexedProperties The properties by which queries find sessions without reading others.
     * @param blindIndexed The properties whose values the store must not show, found by 'is' and 'in' alone. They are indexed, too.
     *     Needs keys under session-tracker.encryption, or a SessionKeyProvider bean.
     * @param queryable Whether sessions can be counted and queried. Without, a start, a finish and a resume cost only what they
     *     store; needs expired-retention to be none. Default is true.
     * @param maxSize How large a session's state may be as it is stored; a store may allow less. A larger one is refused before
     *     anything is sent. Default is 1MB.
     * @param writeVersion The version of the session class that is stored, while an earlier release runs beside this one; needs a
     *     SessionDowncaster. Only for a type, not in defaults. Default is the class's own.
     * @param nearCache Settings of copies in memory.
     * @param finished Settings of finished sessions.
     * @param lock Settings of locks.
     * @param access Who may do what; needs Spring Security.
     * @param ownerProperty The property that has the name of a session's owner: then a caller may use its own sessions alone. One of
     *     indexed-properties or blind-indexed, unless sessions are not queryable. Needs Spring Security, or a SessionCallerResolver bean. Default is empty, for none.
     * @param ownerExemptAuthorities The authorities of callers who may use every owner's sessions.
     */
    public record Type(
            @Nullable Lifetime absoluteExpiration,
            @Nullable Lifetime slidingExpiration,
            @Nullable Duration slidingTolerance,
            @Nullable Lifetime expiredRetention,
            @Nullable List<String> indexedProperties,
            @Nullable List<String> blindIndexed,
            @Nullable Boolean queryable,
            @Nullable DataSize maxSize,
            @Nullable Integer writeVersion,
            @DefaultValue TypeNearCache nearCache,
            @DefaultValue Finished finished,
            @DefaultValue TypeLock lock,
            @DefaultValue Access access,
            @Nullable String ownerProperty,
            @Nullable List<String> ownerExemptAuthorities) {}

    /**
     * Who may do what with a type's sessions, by security expressions such as "hasRole('SUPPORT') or #key == authentication.name".
     * Their variables are #type, #key, #operation and #method. What has no rule is allowed.
     *
     * @param read Who may read a session, or watch it.
     * @param write Who may start, change, prolong and resume sessions.
     * @param lock Who may lock sessions.
     * @param end Who may finish and delete sessions.
     * @param query Who may count and query sessions.
     * @param administer Who may use the Actuator endpoint on sessions.
     * @param any Who may do what has no rule of its own.
     */
    public record Access(
            @Nullable String read,
            @Nullable String write,
            @Nullable String lock,
            @Nullable String end,
            @Nullable String query,
            @Nullable String administer,
            @Nullable String any) {

        /** The name of the rule for all other operations. */
        public static final String ANY = "any";

        /** Returns the rules by their names. */
        public Map<String, String> rules() {
            Map<String, String> rules = new LinkedHashMap<>();
            put(rules, "read", read);
            put(rules, "write", write);
            put(rules, "lock", lock);
            put(rules, "end", end);
            put(rules, "query", query);
            put(rules, "administer", administer);
            put(rules, ANY, any);
            return rules;
        }

        private static void put(Map<String, String> rules, String name, @Nullable String rule) {
            if (rule != null) {
                rules.put(name, rule);
            }
        }
    }

    /**
     * The settings of a type's finished sessions.
     *
     * @param absoluteExpiration How long after it was finished a session is kept; 'none' or 0 forever.
     * @param slidingExpiration How long after it was last read a finished session is kept; 'none' or 0 forever.
     */
    public record Finished(
            @Nullable Lifetime absoluteExpiration, @Nullable Lifetime slidingExpiration) {}

    /**
     * The settings of a type's near cache.
     *
     * @param mode Whether this process keeps copies of sessions in memory. With 'validated' a read asks the store whether the
     *     copy is current, and the store sends the session only if it is not. With 'local' a read is answered from memory, and
     *     the store announces changes. Default is 'none'.
     * @param maxStaleness How long after a change a read may be answered without it, in mode 'local'; at least 100ms. Default is
     *     2 seconds.
     */
    public record TypeNearCache(
            @Nullable NearCacheMode mode, @Nullable Duration maxStaleness) {}

    /**
     * The settings of a type's locks.
     *
     * @param lease How long a lock is held if it is not released before.
     * @param waitTime How long to wait for a lock that is held; 0 to try once.
     * @param retry How often a waiter tries again where nothing wakes it.
     */
    public record TypeLock(
            @Nullable Duration lease,
            @Name("wait") @Nullable Duration waitTime,
            @Nullable Duration retry) {}
}
