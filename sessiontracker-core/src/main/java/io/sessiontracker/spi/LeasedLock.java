package io.sessiontracker.spi;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.spi.support.Durations;
import io.sessiontracker.spi.support.LockReleaseRetry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A held lock that its service frees when a lease is over. A renewed one gets its whole lease again each time a third of it has passed,
 * until it is released or lost; a renewal that fails is retried. A provider implements how its service is asked.
 */
public abstract class LeasedLock implements HeldLock {

    private static final Logger log = LoggerFactory.getLogger(LeasedLock.class);

    private final LockRequest request;
    private final String id;
    private final long token;
    private final long windowMillis;
    private long leaseMillis;
    private long renewedUntil;
    private boolean released;
    private Runnable refusedCallback = () -> {};
    private @Nullable Future<?> renewal;

    /**
     * Creates a lock that was acquired; {@link #startRenewal} is still to be called.
     *
     * @param id the acquisition's id
     * @param token the fencing token of the grant
     * @param askedAt the {@link System#nanoTime} before the service was asked for it
     */
    protected LeasedLock(LockRequest request, String id, long token, long askedAt) {
        this.request = request;
        this.id = id;
        this.token = token;
        this.windowMillis = Durations.millis(request.leaseTime());
        this.leaseMillis = windowMillis;
        this.renewedUntil = windowFrom(askedAt);
    }

    /** Renews the lock from now on if its request says so. To be called at the end of the constructor. */
    protected final void startRenewal() {
        if (request.renewed()) {
            renewLater();
        }
    }

    /**
     * Sets the lease if the lock is still this one's.
     *
     * @return whether it is
     */
    protected abstract CompletionStage<Boolean> sendExtension(long millis);

    /** Runs a task after a delay, on any thread; never once the provider is closed. */
    protected abstract Future<?> later(Runnable task, long delayMillis);

    /** Returns the release of the lock, whose lease is that long. */
    protected abstract LockReleaseRetry release(long leaseMillis);

    protected final LockRequest request() {
        return request;
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final long token() {
        return token;
    }

    @Override
    public final CompletionStage<Boolean> extend(Duration lease) {
        // A shorter lease could end a renewed lock before its next renewal.
        long millis = Durations.millis(lease);
        return extend(request.renewed() ? Math.max(millis, windowMillis) : millis);
    }

    private CompletionStage<Boolean> extend(long millis) {
        long askedAt = System.nanoTime();
        return sendExtension(millis).thenApply(held -> {
            if (held) {
                extended(millis, windowFrom(askedAt));
            }
            return held;
        });
    }

    @Override
    public final synchronized long renewedUntil() {
        return renewedUntil;
    }

    private synchronized void extended(long millis, long until) {
        leaseMillis = millis;
        renewedUntil = until;
    }

    /** Bounded, so that the sum with any {@link System#nanoTime} still compares right. */
    private long windowFrom(long nanoTime) {
        return nanoTime + Math.min(TimeUnit.MILLISECONDS.toNanos(windowMillis), Durations.MAX_NANOS);
    }

    private synchronized void renewLater() {
        if (!released) {
            renewal = later(this::renew, Math.max(1, windowMillis / 3));
        }
    }

    private void renew() {
        var unused = extend(windowMillis).whenComplete((held, failure) -> {
            if (failure != null) {
                log.warn("Cannot renew the lock of {}; retrying", request.address(), failure);
                renewLater();
            } else if (held) {
                renewLater();
            } else if (endLost()) {
                log.warn("Lost the lock of {} before its release; its holder's writes may conflict", request.address());
                refusedCallback().run();
            }
        });
    }

    /** Returns false if it was released, which the renewal may find done. */
    private synchronized boolean endLost() {
        if (!released) {
            renewedUntil = System.nanoTime() - 1;
        }
        return !released;
    }

    @Override
    public final synchronized void onRenewalRefused(Runnable callback) {
        refusedCallback = callback;
    }

    private synchronized Runnable refusedCallback() {
        return refusedCallback;
    }

    @Override
    public CompletionStage<Void> release() {
        return release(endRenewal()).releaseHeld();
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
