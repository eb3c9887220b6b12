package io.sessiontracker;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How long a session lives. Where both kinds are given the earlier deadline wins. Options given to a start replace the
 * type's settings as a whole: {@link #sliding sliding(…)} alone sets no absolute limit, and {@link #none} none at all.
 *
 * <p>Durations count in milliseconds; a part of one is rounded up.
 *
 * @param absoluteExpiration how long after its start it ends, however it is used; null for no such limit
 * @param absoluteExpirationAt when it ends by the store's clock, however it is used; null for no such limit. A moment
 *     that has passed makes a session that is due at once
 * @param slidingExpiration how long after its last use it ends; null for no such limit
 */
public record SessionEntryOptions(
        @Nullable Duration absoluteExpiration,
        @Nullable Instant absoluteExpirationAt,
        @Nullable Duration slidingExpiration) {

    private static final SessionEntryOptions NONE = new SessionEntryOptions(null, null, null);

    /**
     * Checks the values.
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

    /** Ends that long after its start. */
    public static SessionEntryOptions absolute(Duration absoluteExpiration) {
        return NONE.withAbsolute(absoluteExpiration);
    }

    /** Ends at that moment. */
    public static SessionEntryOptions absoluteAt(Instant absoluteExpirationAt) {
        return NONE.withAbsolute(absoluteExpirationAt);
    }

    /** Ends that long after its last use, and has no absolute limit. */
    public static SessionEntryOptions sliding(Duration slidingExpiration) {
        return NONE.withSliding(slidingExpiration);
    }

    /** Never ends by itself. */
    public static SessionEntryOptions none() {
        return NONE;
    }

    /** These, with that sliding expiration. */
    public SessionEntryOptions withSliding(Duration slidingExpiration) {
        Objects.requireNonNull(slidingExpiration, "slidingExpiration");
        return new SessionEntryOptions(absoluteExpiration, absoluteExpirationAt, slidingExpiration);
    }

    /** These, ending that long after the start; replaces either absolute form. */
    public SessionEntryOptions withAbsolute(Duration absoluteExpiration) {
        Objects.requireNonNull(absoluteExpiration, "absoluteExpiration");
        return new SessionEntryOptions(absoluteExpiration, null, slidingExpiration);
    }

    /** These, ending at that moment; replaces either absolute form. */
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
