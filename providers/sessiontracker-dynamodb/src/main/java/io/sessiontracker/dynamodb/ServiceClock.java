package io.sessiontracker.dynamodb;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.sessiontracker.spi.support.FencingTokens;
import org.jspecify.annotations.Nullable;

/**
 * An estimate of the service's time from the dates of its responses, which are whole seconds. A date was set between the request and the
 * response, so it bounds how far this machine's clock is ahead or behind; the bounds of several responses intersect in a narrow range.
 * As long as that range contains zero, this machine's clock is used as it is.
 */
class ServiceClock {

    /** The machine's clock may drift, or be set: bounds are not used for longer than two of these. */
    private static final long PERIOD_MILLIS = 60_000;

    private static final long SECOND = 1_000;

    /** More than clocks drift between two responses. */
    private static final long MAX_STEP_MILLIS = 500;

    private final Clock machine;
    private final LongSupplier ticker;
    private Bounds earlier = Bounds.UNKNOWN;
    private Bounds current = Bounds.UNKNOWN;
    private long currentSince;
    private volatile long offset;
    private volatile @Nullable Observed observed;

    /** How many milliseconds the service is ahead of this machine. */
    private record Bounds(long least, long most) {

        static final Bounds UNKNOWN = new Bounds(Long.MIN_VALUE, Long.MAX_VALUE);

        Bounds and(Bounds other) {
            return new Bounds(Math.max(least, other.least), Math.min(most, other.most));
        }

        boolean isContradiction() {
            return least > most;
        }
    }

    /** When the last response was there, by the machine's clock and by one that is never set. */
    private record Observed(long millis, long nanos) {}

    ServiceClock(Clock machine) {
        this(machine, System::nanoTime);
    }

    /** @param ticker nanoseconds, of any beginning */
    ServiceClock(Clock machine, LongSupplier ticker) {
        this.machine = machine;
        this.ticker = ticker;
    }

    /** Returns the service's time, milliseconds since the epoch. */
    long millis() {
        return machine.millis() + offset;
    }

    /** Returns the service's time in microseconds. */
    long micros() {
        return FencingTokens.micros(machine.instant().plusMillis(offset));
    }

    /** Returns this machine's time, as {@link #observe} needs it. */
    long machineMillis() {
        return machine.millis();
    }

    /** Returns whether a response was seen, and this machine's clock was not set since. */
    boolean isSynchronised() {
        Observed last = observed;
        if (last == null) {
            return false;
        }
        long elapsed = TimeUnit.NANOSECONDS.toMillis(ticker.getAsLong() - last.nanos());
        return Math.abs(machine.millis() - last.millis() - elapsed) < MAX_STEP_MILLIS;
    }

    /**
     * Learns from a response.
     *
     * @param sent when the request was sent, by this machine's clock
     * @param received when the response was there
     * @param date the response's date, milliseconds since the epoch, without the part of a second
     */
    synchronized void observe(long sent, long received, long date) {
        Bounds seen = new Bounds(date - received, date + SECOND - sent);
        if (seen.isContradiction()) {
            return;
        }
        if (received - currentSince >= PERIOD_MILLIS || received < currentSince) {
            earlier = received - currentSince < 2 * PERIOD_MILLIS ? current : Bounds.UNKNOWN;
            current = Bounds.UNKNOWN;
            currentSince = received;
        }
        current = current.and(seen);
        if (current.isContradiction() || current.and(earlier).isContradiction()) {
            earlier = Bounds.UNKNOWN;
            current = seen;
        }
        Bounds known = current.and(earlier);
        offset = Math.max(known.least(), Math.min(known.most(), 0));
        observed = new Observed(received, ticker.getAsLong());
    }
}
