package io.sessiontracker.spi;

import java.time.Duration;
import java.time.Instant;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.spi.support.Durations;
import org.jspecify.annotations.Nullable;

/**
 * What a start, a finish or a resume fixes for what it stores: its lifetimes, all in milliseconds and 0 for none, and whether queries
 * find it, and its changes are announced.
 *
 * @param absolute how long after the operation (for a start: after the session's start) it is due
 * @param absoluteAt when it is due, since the epoch, by the store's clock; excludes {@code absolute}
 * @param sliding how long after its last touch it is due
 * @param retention how much longer its data are kept for delivery once it is due
 * @param tolerance how much longer than {@code sliding} the session may live after a touch. A store that adds it to the
 *     deadline at every touch and write need not touch at every read; a store that touches at each may ignore it
 * @param queryable whether counts and scans find it. Else it is in no index, and its retention is 0; the store remembers that with it
 * @param announced whether its changes are announced to other processes, see {@link SessionAnnouncements}; the store remembers that with it
 */
public record Lifetimes(
        long absolute,
        long absoluteAt,
        long sliding,
        long retention,
        long tolerance,
        boolean queryable,
        boolean announced) {

    /** Checks the values. */
    public Lifetimes {
        if (absolute < 0 || absoluteAt < 0 || sliding < 0 || retention < 0 || tolerance < 0) {
            throw new IllegalArgumentException("A lifetime must not be negative");
        }
        if (absolute > 0 && absoluteAt > 0) {
            throw new IllegalArgumentException("absolute and absoluteAt exclude each other");
        }
        if (retention > 0 && !queryable) {
            throw new IllegalArgumentException("What is in no index cannot be delivered, so it has no retention");
        }
    }

    /** Of a queryable session whose changes are not announced. */
    public Lifetimes(long absolute, long absoluteAt, long sliding, long retention, long tolerance) {
        this(absolute, absoluteAt, sliding, retention, tolerance, true, false);
    }

    /** Of such a session, without tolerance. */
    public Lifetimes(long absolute, long absoluteAt, long sliding, long retention) {
        this(absolute, absoluteAt, sliding, retention, 0);
    }

    /** Without tolerance. */
    public static Lifetimes of(SessionEntryOptions options, @Nullable Duration retention) {
        return of(options, retention, null);
    }

    /** The options in milliseconds, rounded up, and at most a thousand years. */
    public static Lifetimes of(
            SessionEntryOptions options, @Nullable Duration retention, @Nullable Duration tolerance) {
        return new Lifetimes(
                millis(options.absoluteExpiration()),
                millis(options.absoluteExpirationAt()),
                millis(options.slidingExpiration()),
                millis(retention),
                options.slidingExpiration() == null ? 0 : millis(tolerance));
    }

    private static long millis(@Nullable Duration duration) {
        return duration == null ? 0 : Durations.millis(duration);
    }

    private static long millis(@Nullable Instant instant) {
        if (instant == null) {
            return 0;
        }
        // 0 means none, so a moment before 1970 becomes the first one after it: both have passed.
        long seconds = Math.max(0, Math.min(instant.getEpochSecond(), Durations.MAX_MILLIS / 1000));
        return Math.max(1, Instant.ofEpochSecond(seconds, instant.getNano()).toEpochMilli());
    }

    /** Returns when a session that is started at that moment is due unless it is touched later; {@link StoredSession#NEVER} for never. */
    public long deadline(long startedAt) {
        long latest = absoluteAt > 0 ? absoluteAt : absolute > 0 ? startedAt + absolute : StoredSession.NEVER;
        return sliding > 0 ? Math.min(latest, startedAt + sliding + tolerance) : latest;
    }

    /** Returns these lifetimes, of which the sliding one is exact. */
    public Lifetimes withoutTolerance() {
        return tolerance == 0 ? this : new Lifetimes(absolute, absoluteAt, sliding, retention, 0, queryable, announced);
    }

    /**
     * Returns these lifetimes of a session that is queryable, or not.
     *
     * @throws IllegalArgumentException if it is not to be queryable, and there is a retention
     */
    public Lifetimes withQueryable(boolean value) {
        return value == queryable
                ? this
                : new Lifetimes(absolute, absoluteAt, sliding, retention, tolerance, value, announced);
    }

    /** Returns these lifetimes of a session whose changes are announced, or not. */
    public Lifetimes withAnnounced(boolean value) {
        return value == announced
                ? this
                : new Lifetimes(absolute, absoluteAt, sliding, retention, tolerance, queryable, value);
    }
}
