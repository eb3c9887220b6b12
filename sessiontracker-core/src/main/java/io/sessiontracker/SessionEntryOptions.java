package io.sessiontracker;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The lifetimes of one start. The earlier deadline wins. Options replace the type's settings as a whole: {@link #sliding
 * sliding(…)} alone has no absolute limit, and {@link #none} has no limit at all.
 *
 * <p>Durations are stored in milliseconds, rounded up.
 *
 * @param absoluteExpiration how long after its start the session expires, however it is used; null for no such limit
 * @param absoluteExpirationAt when the session expires by the store's clock, however it is used; null for no such limit.
 *     A moment in the past starts a session that expires at once
 * @param slidingExpiration how long after its last use the session expires; null for no such limit
 */
public record SessionEntryOptions(
        @Nullable Duration absoluteExpiration,
        @Nullable Instant absoluteExpirationAt,
        @Nullable Duration slidingExpiration) {

    private static final SessionEntryOptions NONE = new SessionEntryOptions(null, null, null);

    /**
     * Validates the options.
     *
     * @throws IllegalArgumentException if a duration is not positive, or both absolute forms are given
     */
    public SessionEntryOptions {
        requirePositive("absoluteExpiration", absoluteExpiration);
        requirePositive("slidingExpiration", slidingExpiration);
        if (absoluteExpiration != null && absoluteExpirationAt != null) {
            throw new IllegalArgumentException(
                    "absoluteExpiration (%s) and absoluteExpirationAt (%s) exclude each other; give one of them"
                            .formatted(absoluteExpiration, absoluteExpirationAt));
        }
    }

    /** Returns options that expire the given time after the start. */
    public static SessionEntryOptions absolute(Duration absoluteExpiration) {
        return NONE.withAbsolute(absoluteExpiration);
    }

    /** Returns options that expire at the given moment. */
    public static SessionEntryOptions absoluteAt(Instant absoluteExpirationAt) {
        return NONE.withAbsolute(absoluteExpirationAt);
    }

    /** Returns options that expire the given time after the last use, without an absolute limit. */
    public static SessionEntryOptions sliding(Duration slidingExpiration) {
        return NONE.withSliding(slidingExpiration);
    }

    /** Returns options that never expire by themselves. */
    public static SessionEntryOptions none() {
        return NONE;
    }

    /** Returns these options with the given sliding expiration. */
    public SessionEntryOptions withSliding(Duration slidingExpiration) {
        Objects.requireNonNull(slidingExpiration, "slidingExpiration");
        return new SessionEntryOptions(absoluteExpiration, absoluteExpirationAt, slidingExpiration);
    }

    /** Returns these options, expiring the given time after the start; replaces either absolute form. */
    public SessionEntryOptions withAbsolute(Duration absoluteExpiration) {
        Objects.requireNonNull(absoluteExpiration, "absoluteExpiration");
        return new SessionEntryOptions(absoluteExpiration, null, slidingExpiration);
    }

    /** Returns these options, expiring at the given moment; replaces either absolute form. */
    public SessionEntryOptions withAbsolute(Instant absoluteExpirationAt) {
        Objects.requireNonNull(absoluteExpirationAt, "absoluteExpirationAt");
        return new SessionEntryOptions(null, absoluteExpirationAt, slidingExpiration);
    }

    private static void requirePositive(String name, @Nullable Duration duration) {
        if (duration != null && (duration.isZero() || duration.isNegative())) {
            throw new IllegalArgumentException(
                    "%s must be positive, or null for none; it is %s".formatted(name, duration));
        }
    }
}
