package io.sessiontracker.jdbc;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.support.Durations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lock that was acquired, until its release. A renewed one gets its whole lease again each time a third of it has passed. */
final class JdbcHeldLock implements HeldLock {

    private static final Logger log = LoggerFactory.getLogger(JdbcHeldLock.class);

    private final JdbcLocks locks;
    private final LockRequest request;
    private final String id;
    private final long windowMillis;
    private long leaseMillis;
    private long renewedUntil;
    private boolean released;
    private @Nullable Future<?> renewal;

    JdbcHeldLock(JdbcLocks locks, LockRequest request, String id, long askedAt) {
        this.locks = locks;
        this.request = request;
        this.id = id;
        this.windowMillis = Durations.millis(request.leaseTime());
        this.leaseMillis = windowMillis;
        this.renewedUntil = windowFrom(askedAt);
        if (request.renewed()) {
            renewLater();
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public CompletionStage<Boolean> extend(Duration lease) {
        // A shorter lease could end a renewed lock before its next renewal.
        long millis = Durations.millis(lease);
        return extendBy(request.renewed() ? Math.max(millis, windowMillis) : millis);
    }

    private CompletionStage<Boolean> extendBy(long millis) {
        long askedAt = System.nanoTime();
        return locks.run(table -> table.extend(LockTable.Key.of(request.address()), id, millis))
                .thenApply(held -> {
                    if (held) {
                        extended(millis, windowFrom(askedAt));
                    }
                    return held;
                });
    }

    @Override
    public synchronized long renewedUntil() {
        return renewedUntil;
    }

    private synchronized void extended(long millis, long until) {
        leaseMillis = millis;
        renewedUntil = until;
    }

    private synchronized void lost() {
        renewedUntil = System.nanoTime() - 1;
    }

    /** Bounded, so that the sum with any {@link System#nanoTime} still compares right. */
    private long windowFrom(long nanoTime) {
        return nanoTime + Math.min(TimeUnit.MILLISECONDS.toNanos(windowMillis), Durations.MAX_NANOS);
    }

    private synchronized void renewLater() {
        if (!released) {
            renewal = locks.later(this::renew, Math.max(1, windowMillis / 3), TimeUnit.MILLISECONDS);
        }
    }

    private void renew() {
        var unused = extendBy(windowMillis).whenComplete((held, failure) -> {
            if (failure != null) {
                log.warn("Cannot renew the lock of {}; retrying", request.address(), failure);
                renewLater();
            } else if (held) {
                renewLater();
            } else if (!isReleased()) {
                lost();
                log.warn("Lost the lock of {} before its release; its holder's writes may conflict", request.address());
            }
        });
    }

    private synchronized boolean isReleased() {
        return released;
    }

    @Override
    public CompletionStage<Void> release() {
        return locks.releaseOf(request, id, endRenewal()).releaseHeld();
    }

    private synchronized long endRenewal() {
        released = true;
        if (renewal != null) {
            renewal.cancel(false);
            renewal = null;
        }
        return leaseMillis;
    }
}
