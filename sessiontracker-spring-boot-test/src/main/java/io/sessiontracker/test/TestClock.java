package io.sessiontracker.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until a test advances it, for
 * {@link io.sessiontracker.memory.InMemorySessionDataProvider#InMemorySessionDataProvider(Clock) sessions in memory} and for
 * the application's code. It never goes back. In UTC; safe for any number of threads.
 */
public final class TestClock extends Clock {

    private final Instant start;
    private final ZoneId zone;
    /** Shared by the clocks of all zones. */
    private final AtomicReference<Instant> now;

    /** Creates a clock that shows this instant. */
    public TestClock(Instant start) {
        this(start, ZoneOffset.UTC, new AtomicReference<>(Objects.requireNonNull(start, "start")));
    }

    private TestClock(Instant start, ZoneId zone, AtomicReference<Instant> now) {
        this.start = start;
        this.zone = zone;
        this.now = now;
    }

    /**
     * Advances the clock.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("The clock cannot go back: it cannot be advanced by " + duration);
        }
        now.updateAndGet(instant -> instant.plus(duration));
    }

    /**
     * Advances the clock to an instant.
     *
     * @throws IllegalArgumentException if the instant is before the current one
     */
    public void advanceTo(Instant instant) {
        Instant before = now.getAndUpdate(it -> instant.isBefore(it) ? it : instant);
        if (instant.isBefore(before)) {
            throw new IllegalArgumentException("The clock cannot go back from " + before + " to " + instant);
        }
    }

    /** Goes back to the start, once no user of the clock is left. */
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

    /** Returns this clock in another zone; both advance together. */
    @Override
    public TestClock withZone(ZoneId zone) {
        return new TestClock(start, Objects.requireNonNull(zone, "zone"), now);
    }

    @Override
    public String toString() {
        return "TestClock[" + instant() + "," + zone + "]";
    }
}
