package io.sessiontracker.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * What an application sets under {@code session-tracker}. Null is a value that it did not set.
 *
 * @param store Where sessions are kept.
 * @param namespace Keeps applications apart that share a store; those with different namespaces never see each other's
 *     sessions. 1 to 64 ASCII letters, digits, '.', '_', '-' and ':'. Default is spring.application.name.
 * @param redis What concerns the redis store only.
 * @param lock Which service locks sessions.
 * @param sweep How sessions whose time has run out are found.
 * @param web How session errors reach HTTP clients.
 * @param modify How a modify goes on while other processes write to the same session.
 * @param defaults For every session type that does not say otherwise.
 * @param types By session type name, what differs from the defaults.
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
        @DefaultValue Type defaults,
        @DefaultValue Map<String, Type> types) {

    static final String PREFIX = "session-tracker";

    /**
     * What concerns the redis store only.
     *
     * @param minReplicas How many replicas must have confirmed a change of a session before its caller is told that it was
     *     made; 0 to wait for none.
     */
    public record Redis(@DefaultValue("0") int minReplicas) {}

    /**
     * Which service locks sessions.
     *
     * @param provider The service that locks sessions, the same in all processes of a namespace. Default is redisson with the
     *     redis store, memory with the memory store.
     */
    public record Lock(@Nullable String provider) {}

    /**
     * How sessions whose time has run out are found.
     *
     * @param enabled Whether this process looks for expired sessions in the background.
     * @param interval How long after one look for expired sessions the next begins.
     * @param lease How long a process may take to tell the expired sessions that it has taken; after that another one takes
     *     them. Also how long a session rests whose listener threw.
     * @param batchSize How many expired sessions to take at a time.
     * @param attempts How often to tell an expired session whose listener throws.
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
     * How a modify goes on while other processes write to the same session.
     *
     * @param attempts How often a modify tries to store its change, with pauses in between, before it gives up with a
     *     VersionConflict. Calls of the same process do not count: they share their writes.
     */
    public record Modify(@DefaultValue("64") int attempts) {}

    /**
     * The settings of a session type.
     *
     * @param absoluteExpiration How long after its start a session ends; 'none' or 0 for never.
     * @param slidingExpiration How long after its last use a session ends; 'none' or 0 for never.
     * @param slidingTolerance How much longer than its sliding expiration a session may live, so that not every read has to
     *     prolong it; 0 for exact. Default is 1 % of the sliding expiration, at most 10 seconds.
     * @param expiredRetention How long past its end a session's last state is kept, so that it can be told as SessionExpired;
     *     'none' or 0 for not at all.
     * @param indexedProperties The properties by which sessions are found without reading others.
     * @param finished A finished session.
     * @param lock A session's lock.
     */
    public record Type(
            @Nullable Lifetime absoluteExpiration,
            @Nullable Lifetime slidingExpiration,
            @Nullable Duration slidingTolerance,
            @Nullable Lifetime expiredRetention,
            @Nullable List<String> indexedProperties,
            @DefaultValue Finished finished,
            @DefaultValue TypeLock lock) {}

    /**
     * The settings of a type's finished sessions.
     *
     * @param absoluteExpiration How long after it was finished a session is kept; 'none' or 0 for ever.
     * @param slidingExpiration How long after it was last read a finished session is kept; 'none' or 0 for ever.
     */
    public record Finished(
            @Nullable Lifetime absoluteExpiration, @Nullable Lifetime slidingExpiration) {}

    /**
     * The settings of a type's locks.
     *
     * @param lease How long a lock is held if it is not released before.
     * @param waitTime How long to wait for a lock that is held; 0 to try once.
     * @param retry How often a waiter looks again, where nothing wakes it.
     */
    public record TypeLock(
            @Nullable Duration lease,
            @Name("wait") @Nullable Duration waitTime,
            @Nullable Duration retry) {}
}
