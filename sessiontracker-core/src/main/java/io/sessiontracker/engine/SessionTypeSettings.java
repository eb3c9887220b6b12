package io.sessiontracker.engine;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.cache.NearCacheSettings;
import org.jspecify.annotations.Nullable;

/**
 * A session type's lifetimes and locks. A change of settings touches only what is started, finished or resumed after it.
 *
 * @param running the lifetimes of a session that is started without options, or resumed
 * @param expiredRetention how long a session's data outlive its deadline; null for not at all
 * @param finished the lifetimes of a finished session
 * @param lock how its sessions are locked
 * @param indexedProperties the properties by which its sessions are found without reading others
 * @param slidingTolerance how much longer than its sliding expiration a running session may live, so that a store need not
 *     prolong it at every read; zero for exact; null for 1 % of the sliding expiration, at most ten seconds
 * @param nearCache whether copies of its sessions are kept in memory
 * @param queryable whether its sessions can be counted and queried. Else they are in no index, so that starts and finishes cost less,
 *     nothing of {@code indexedProperties} is indexed, and none is delivered when it expires
 * @param maxSize how many bytes a session's state may take as it is stored, without its properties; a store may allow less
 * @param owner who owns its sessions; null if everyone may use them
 * @param blindIndexed the properties whose values the store must not show; they are found by {@code is} and {@code in} alone. They are
 *     indexed properties, too. Needs a codec with a {@link io.sessiontracker.spi.BlindIndex}
 */
public record SessionTypeSettings(
        SessionEntryOptions running,
        @Nullable Duration expiredRetention,
        SessionEntryOptions finished,
        LockSettings lock,
        Set<String> indexedProperties,
        @Nullable Duration slidingTolerance,
        NearCacheSettings nearCache,
        boolean queryable,
        int maxSize,
        @Nullable OwnerSettings owner,
        Set<String> blindIndexed) {

    /** 1 MB. */
    public static final int DEFAULT_MAX_SIZE = 1024 * 1024;

    private static final Duration MAX_DEFAULT_TOLERANCE = Duration.ofSeconds(10);

    /** 30 minutes, 10 without use, no retention; 24 hours when finished; {@link LockSettings#BUILT_IN}. */
    public static final SessionTypeSettings BUILT_IN = new SessionTypeSettings(
            SessionEntryOptions.absolute(Duration.ofMinutes(30)).withSliding(Duration.ofMinutes(10)),
            null,
            SessionEntryOptions.absolute(Duration.ofHours(24)),
            LockSettings.BUILT_IN,
            Set.of());

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the retention is not positive, or there is one and the sessions are not queryable, the
     *     tolerance is negative, the size is not positive, a lifetime ends at a fixed moment, an indexed property has a name that no property can have, or the owner's
     *     property is not indexed although the sessions are queryable
     */
    public SessionTypeSettings {
        blindIndexed = Set.copyOf(blindIndexed);
        indexedProperties = union(indexedProperties, blindIndexed);
        indexedProperties.forEach(SessionInternals::requirePropertyKey);
        if (expiredRetention != null && (expiredRetention.isNegative() || expiredRetention.isZero())) {
            throw new IllegalArgumentException(
                    "expiredRetention must be positive, or null for none; it is " + expiredRetention);
        }
        if (expiredRetention != null && !queryable) {
            throw new IllegalArgumentException(
                    "expiredRetention needs queryable sessions: an expired session that is in no index is not found for delivery");
        }
        if (slidingTolerance != null && slidingTolerance.isNegative()) {
            throw new IllegalArgumentException("slidingTolerance must not be negative; it is " + slidingTolerance);
        }
        if (owner != null && queryable && !indexedProperties.contains(owner.property())) {
            throw new IllegalArgumentException("The owner property \"%s\" must be one of the indexed properties %s"
                    .formatted(owner.property(), indexedProperties));
        }
        if (maxSize < 1) {
            throw new IllegalArgumentException("maxSize must be positive; it is " + maxSize);
        }
        if (running.absoluteExpirationAt() != null || finished.absoluteExpirationAt() != null) {
            throw new IllegalArgumentException(
                    "A type's sessions cannot all end at one moment: give absoluteExpiration, not absoluteExpirationAt");
        }
    }

    /** Creates settings of queryable sessions that everyone may use, with the default tolerance, without a near cache. */
    public SessionTypeSettings(
            SessionEntryOptions running,
            @Nullable Duration expiredRetention,
            SessionEntryOptions finished,
            LockSettings lock,
            Set<String> indexedProperties) {
        this(
                running,
                expiredRetention,
                finished,
                lock,
                indexedProperties,
                null,
                NearCacheSettings.NONE,
                true,
                DEFAULT_MAX_SIZE,
                null,
                Set.of());
    }

    /** Creates the same without indexed properties. */
    public SessionTypeSettings(
            SessionEntryOptions running,
            @Nullable Duration expiredRetention,
            SessionEntryOptions finished,
            LockSettings lock) {
        this(running, expiredRetention, finished, lock, Set.of());
    }

    /** Returns these settings with other indexed properties. */
    public SessionTypeSettings withIndexedProperties(Set<String> names) {
        return with(changed -> changed.indexedProperties = names);
    }

    /** Returns these settings with that tolerance; null for the default. */
    public SessionTypeSettings withSlidingTolerance(@Nullable Duration value) {
        return with(changed -> changed.slidingTolerance = value);
    }

    /** Returns these settings with that near cache. */
    public SessionTypeSettings withNearCache(NearCacheSettings value) {
        return with(changed -> changed.nearCache = value);
    }

    /** Returns these settings with queryable sessions, or with sessions that are not. */
    public SessionTypeSettings withQueryable(boolean value) {
        return with(changed -> changed.queryable = value);
    }

    /** Returns these settings with another limit of a session's size. */
    public SessionTypeSettings withMaxSize(int bytes) {
        return with(changed -> changed.maxSize = bytes);
    }

    /** Returns these settings with that owner; null for none. */
    public SessionTypeSettings withOwner(@Nullable OwnerSettings value) {
        return with(changed -> changed.owner = value);
    }

    /** Returns these settings with other properties whose values the store must not show. */
    public SessionTypeSettings withBlindIndexed(Set<String> names) {
        return with(changed -> changed.blindIndexed = names);
    }

    private static Set<String> union(Set<String> first, Set<String> second) {
        return Stream.concat(first.stream(), second.stream()).collect(Collectors.toUnmodifiableSet());
    }

    private SessionTypeSettings with(Consumer<Changeable> change) {
        Changeable changed = new Changeable(this);
        change.accept(changed);
        return changed.settings();
    }

    /** Returns the tolerance of a session with that sliding expiration. */
    @Nullable
    Duration toleranceOf(@Nullable Duration slidingExpiration) {
        if (slidingTolerance != null || slidingExpiration == null) {
            return slidingTolerance;
        }
        // Whole milliseconds, rounded down: what has less has none.
        Duration percent = Duration.ofMillis(slidingExpiration.dividedBy(100).toMillis());
        return percent.compareTo(MAX_DEFAULT_TOLERANCE) < 0 ? percent : MAX_DEFAULT_TOLERANCE;
    }

    /** What the methods {@code with…} change. */
    private static final class Changeable {

        private final SessionTypeSettings before;
        private Set<String> indexedProperties;
        private @Nullable Duration slidingTolerance;
        private NearCacheSettings nearCache;
        private boolean queryable;
        private int maxSize;
        private @Nullable OwnerSettings owner;
        private Set<String> blindIndexed;

        Changeable(SessionTypeSettings before) {
            this.before = before;
            indexedProperties = before.indexedProperties;
            slidingTolerance = before.slidingTolerance;
            nearCache = before.nearCache;
            queryable = before.queryable;
            maxSize = before.maxSize;
            owner = before.owner;
            blindIndexed = before.blindIndexed;
        }

        SessionTypeSettings settings() {
            return new SessionTypeSettings(
                    before.running,
                    before.expiredRetention,
                    before.finished,
                    before.lock,
                    indexedProperties,
                    slidingTolerance,
                    nearCache,
                    queryable,
                    maxSize,
                    owner,
                    blindIndexed);
        }
    }
}
