package io.sessiontracker.memory;

import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.sessiontracker.memory.InMemoryKeyStateStore.Revision;
import io.sessiontracker.spi.SessionAddress;

/**
 * Lets the cache drop a state when nothing of it is needed any more. The cache's time is the store's clock, counted from when the
 * store was made; whether a session is due is decided by its deadline alone, never by the cache.
 */
record KeyStateExpiration(java.time.Clock clock, long origin) implements Expiry<SessionAddress, Revision>, Ticker {

    KeyStateExpiration(java.time.Clock clock) {
        this(clock, clock.millis());
    }

    @Override
    public long read() {
        return nanos(clock.millis());
    }

    @Override
    public long expireAfterCreate(SessionAddress address, Revision stored, long currentTime) {
        // From the cache's own reading of the time: a later one would drop the state early.
        return Math.max(0, nanos(stored.state().keptUntil()) - currentTime);
    }

    @Override
    public long expireAfterUpdate(SessionAddress address, Revision stored, long currentTime, long currentDuration) {
        return expireAfterCreate(address, stored, currentTime);
    }

    @Override
    public long expireAfterRead(SessionAddress address, Revision stored, long currentTime, long currentDuration) {
        return currentDuration;
    }

    private long nanos(long moment) {
        return TimeUnit.MILLISECONDS.toNanos(moment - origin);
    }
}
