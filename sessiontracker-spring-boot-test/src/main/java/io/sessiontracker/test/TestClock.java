package io.sessiontracker.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until a test moves it, for
 * {@link io.sessiontracker.memory.InMemorySessionDataProvider#InMemorySessionDataProvider(Clock) sessions in memory} and for
 * whatever else is to see the same time. It never goes back. In UTC; safe for any number of threads.
 */
public final class TestClock extends Clock {

    private final Instant start;
    private final ZoneId zone;
    /** One for all the zones that it is asked for in. */
    private final AtomicReference<Instant> now;

    /** A clock that shows this. */
    public TestClock(Instant start) {
        this(start, ZoneOffset.UTC, new AtomicReference<>(Objects.requireNonNull(start, "start")));
    }

    private TestClock(Instant start, ZoneId zone, AtomicReference<Instant> now) {
        this.start = start;
        this.zone = zone;
        this.now = now;
    }

    /**
     * Moves it on by that much.
     *
     * @throws IllegalArgumentException if that would be back
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("The clock cannot go back, and was to be advanced by " + duration);
        }
        now.updateAndGet(instant -> instant.plus(duration));
    }

    /**
     * Moves it on to that instant.
     *
     * @throws IllegalArgumentException if that is before what it shows
     */
    public void advanceTo(Instant instant) {
        Instant before = now.getAndUpdate(it -> instant.isBefore(it) ? it : instant);
        if (instant.isBefore(before)) {
            throw new IllegalArgumentException("The clock cannot go back from " + before + " to " + instant);
        }
    }

    /** For when nobody who saw it is left. */
    void reset() {
        now.set(start);
    }

    @Override
    public Instant instant() {
        return Objects.requireNonNull(now.get());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** This clock in another zone: moving either moves both. */
    @Override
    public TestClock withZone(ZoneId zone) {
        return new TestClock(start, Objects.requireNonNull(zone, "zone"), now);
    }

    @Override
    public String toString() {
        return "TestClock[" + instant() + "," + zone + "]";
    }
}
