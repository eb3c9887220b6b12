package io.sessiontracker.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is advanced. */
public final class SettableClock extends Clock {

    private final AtomicReference<Instant> now;

    /** Creates a clock that stands at that moment. */
    public SettableClock(Instant now) {
        this.now = new AtomicReference<>(now);
    }

    /** Advances it. */
    public void advance(Duration by) {
        now.updateAndGet(instant -> instant.plus(by));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
