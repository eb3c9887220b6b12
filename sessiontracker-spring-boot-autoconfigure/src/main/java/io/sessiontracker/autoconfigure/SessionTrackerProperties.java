package io.sessiontracker.autoconfigure;

import java.time.Duration;
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
 * @param lock Which service locks sessions.
 * @param defaults For every session type that does not say otherwise.
 * @param types By session type name, what differs from the defaults.
 */
@ConfigurationProperties(SessionTrackerProperties.PREFIX)
public record SessionTrackerProperties(
        @DefaultValue("redis") String store,
        @Nullable String namespace,
        @DefaultValue Lock lock,
        @DefaultValue Type defaults,
        @DefaultValue Map<String, Type> types) {

    static final String PREFIX = "session-tracker";

    /**
     * Which service locks sessions.
     *
     * @param provider The service that locks sessions. Default is redisson with the redis store, memory with the memory
     *     store.
     */
    public record Lock(@Nullable String provider) {}

    /**
     * The settings of a session type.
     *
     * @param absoluteExpiration How long after its start a session ends; 'none' or 0 for never.
     * @param slidingExpiration How long after its last use a session ends; 'none' or 0 for never.
     * @param expiredRetention How long past its end a session's last state is kept; 'none' or 0 for not at all.
     * @param finished A finished session.
     * @param lock A session's lock.
     */
    public record Type(
            @Nullable Lifetime absoluteExpiration,
            @Nullable Lifetime slidingExpiration,
            @Nullable Lifetime expiredRetention,
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
