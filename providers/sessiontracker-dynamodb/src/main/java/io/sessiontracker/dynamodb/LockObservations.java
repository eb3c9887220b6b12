package io.sessiontracker.dynamodb;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.support.Durations;
import org.jspecify.annotations.Nullable;

/**
 * Remembers since when this process has seen each lock unchanged. The owner counts the lease from before its write, so it is certainly
 * over once the item was seen with the same version for a whole lease. No two clocks are compared. A lock that is
 * forgotten is observed anew.
 */
final class LockObservations {

    private static final int MAX_LOCKS = 100_000;

    private final Cache<SessionAddress, Observation> seen = Caffeine.newBuilder()
            .maximumSize(MAX_LOCKS)
            .expireAfterAccess(Duration.ofHours(1))
            .executor(Runnable::run)
            .build();

    private record Observation(LockItem item, long since) {

        /** Returns the rest of the lease; zero or less once it is over. */
        long leftNanos() {
            long lease = Math.min(TimeUnit.MILLISECONDS.toNanos(item.leaseMillis()), Durations.MAX_NANOS);
            return lease - (System.nanoTime() - since);
        }
    }

    /**
     * Notes an item that DynamoDB has just returned, or has confirmed to have written.
     *
     * @return how long it is still held, at most; zero or less if its lease is over
     */
    long observe(SessionAddress address, LockItem item) {
        return seen.asMap()
                .compute(
                        address,
                        (same, before) -> before != null && before.item().equals(item)
                                ? before
                                : new Observation(item, System.nanoTime()))
                .leftNanos();
    }

    /** Notes that a lock is free. */
    void forget(SessionAddress address) {
        seen.invalidate(address);
    }

    /** Notes that a lock is no longer that owner's. */
    void forget(SessionAddress address, String owner) {
        seen.asMap()
                .computeIfPresent(address, (same, last) -> last.item().owner().equals(owner) ? null : last);
    }

    /** Returns the item last seen if its lease is over; null if it is not, or none was seen. */
    @Nullable
    LockItem expired(SessionAddress address) {
        return over(address).orElse(null);
    }

    /** Returns whether that owner's lease is known to be over. */
    boolean isOver(SessionAddress address, String owner) {
        return over(address).filter(item -> item.owner().equals(owner)).isPresent();
    }

    private Optional<LockItem> over(SessionAddress address) {
        return Optional.ofNullable(seen.getIfPresent(address))
                .filter(last -> last.leftNanos() <= 0)
                .map(Observation::item);
    }
}
