package io.sessiontracker.redis.lock;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.support.Durations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lock that was acquired, until its release. */
final class RedisHeldLock implements HeldLock {

    private static final Logger log = LoggerFactory.getLogger(RedisHeldLock.class);

    private final RedisLocks locks;
    private final LockRequest request;
    private final String id;
    private final String name;
    private final long windowMillis;
    private long leaseMillis;
    private boolean released;
    private long renewedUntil;
    private @Nullable Future<?> renewal;

    RedisHeldLock(RedisLocks locks, LockRequest request, String id, String name, long askedAt) {
        this.locks = locks;
        this.request = request;
        this.id = id;
        this.name = name;
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
        long asked = request.renewed() ? Math.max(millis, windowMillis) : millis;
        long askedAt = System.nanoTime();
        return sendExtension(asked).thenApply(held -> {
            if (held) {
                extended(asked, windowFrom(askedAt));
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
        return nanoTime + Math.min(TimeUnit.MILLISECONDS.toNanos(windowMillis), Long.MAX_VALUE / 2);
    }

    private CompletionStage<Boolean> sendExtension(long millis) {
        return locks.runner().run(locks.operations().extend(request.address(), id, millis));
    }

    private synchronized void renewLater() {
        if (!released) {
            renewal = locks.later(this::renew, Math.max(1, windowMillis / 3), TimeUnit.MILLISECONDS);
        }
    }

    private void renew() {
        long askedAt = System.nanoTime();
        var unused = sendExtension(windowMillis).whenComplete((held, failure) -> {
            if (failure != null) {
                log.warn("Cannot renew the lock of {}; retrying", request.address(), failure);
                renewLater();
            } else if (held) {
                extended(windowMillis, windowFrom(askedAt));
                renewLater();
            } else {
                lost();
                log.warn("Lost the lock of {} before its release; its holder's writes may conflict", request.address());
            }
        });
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

    // The server runs calls of one connection in order; where it does not, an attempt of this process awaits the
    // release that
    // is noted here.
    @Override
    public CompletionStage<Void> releaseInOrder() {
        CompletableFuture<Void> noted = locks.beginRelease(name);
        release().whenComplete((done, failure) -> {
            noted.complete(null);
            if (failure != null) {
                log.warn(
                        "The lock of {} was not released; it is free when its lease has run out",
                        request.address(),
                        failure);
            }
        });
        return CompletableFuture.completedStage(null);
    }
}
