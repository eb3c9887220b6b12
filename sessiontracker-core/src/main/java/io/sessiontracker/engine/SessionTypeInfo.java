package io.sessiontracker.engine;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.sessiontracker.LockOptions;
import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.cache.NearCacheMode;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;
import org.jspecify.annotations.Nullable;

/** What the engine needs to know about a session class, computed once. */
record SessionTypeInfo<S extends Session>(
        Class<S> type,
        String name,
        Lifetimes runningLifetimes,
        Lifetimes finishedLifetimes,
        SessionTypeSettings settings,
        BlindProperties blind) {

    static <S extends Session> SessionTypeInfo<S> of(
            Class<S> type, String name, SessionTypeSettings settings, SessionCodec codec) {
        return new SessionTypeInfo<>(
                type,
                name,
                lifetimes(settings, settings.running()),
                asStored(Lifetimes.of(settings.finished(), null), settings),
                settings,
                BlindProperties.of(name, settings.blindIndexed(), codec));
    }

    private static Lifetimes lifetimes(SessionTypeSettings settings, SessionEntryOptions options) {
        return asStored(
                Lifetimes.of(options, settings.expiredRetention(), settings.toleranceOf(options.slidingExpiration())),
                settings);
    }

    private static Lifetimes asStored(Lifetimes lifetimes, SessionTypeSettings settings) {
        return lifetimes
                .withQueryable(settings.queryable())
                .withAnnounced(settings.nearCache().mode() == NearCacheMode.LOCAL);
    }

    /**
     * Returns this, if its sessions can be counted and queried.
     *
     * @throws IllegalStateException if they cannot
     */
    SessionTypeInfo<S> requireQueryable() {
        if (!settings.queryable()) {
            throw new IllegalStateException(
                    ("Sessions of type \"%1$s\" cannot be counted or queried: session-tracker.types.%1$s.queryable is false,"
                                    + " for this type or in session-tracker.defaults, so no index has them")
                            .formatted(name));
        }
        return this;
    }

    @Nullable
    Duration expiredRetention() {
        return settings.expiredRetention();
    }

    /** Returns the request for the lock of a key; the settings give what the options leave open. */
    LockRequest lockRequest(String key, LockOptions options) {
        Objects.requireNonNull(options, "The lock options must not be null");
        LockSettings lock = settings.lock();
        return new LockRequest(
                address(key),
                Objects.requireNonNullElse(options.leaseTime(), lock.leaseTime()),
                Objects.requireNonNullElse(options.waitTime(), lock.waitTime()),
                Objects.requireNonNullElse(options.retryInterval(), lock.retryInterval()),
                options.renewed());
    }

    /** Returns the names of all properties that sessions of the type have; empty if they may have any. */
    Optional<Set<String>> propertyNames() {
        return PropertyFields.of(type).names(settings.indexedProperties());
    }

    Set<String> indexedProperties() {
        return settings.queryable() ? settings.indexedProperties() : Set.of();
    }

    SessionAddress address(String key) {
        return new SessionAddress(name, key);
    }

    Lifetimes lifetimes(@Nullable SessionEntryOptions options) {
        return options == null ? runningLifetimes : lifetimes(settings, options);
    }
}
