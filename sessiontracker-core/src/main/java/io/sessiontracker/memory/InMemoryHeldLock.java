package io.sessiontracker.memory;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.support.BackgroundTasks;
import io.sessiontracker.spi.support.Durations;
import io.sessiontracker.spi.support.RandomIds;
import org.jspecify.annotations.Nullable;

/**
 * One acquisition of a lock. Its lease changes only while the provider excludes other callers from its address.
 */
final class InMemoryHeldLock implements HeldLock {

    private final InMemorySessionLockProvider provider;
    private final LockRequest request;
    private final String id = RandomIds.next();
    private long token;
    private long leaseBegan;
    private long lease;
    private @Nullable Future<?> leaseEnd;

    InMemoryHeldLock(InMemorySessionLockProvider provider, LockRequest request) {
        this.provider = provider;
        this.request = request;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public long token() {
        return token;
    }

    @Override
    public CompletionStage<Boolean> extend(Duration duration) {
        return CompletableFuture.completedFuture(provider.extend(request.address(), this, duration));
    }

    @Override
    public long renewedUntil() {
        return System.nanoTime() + Long.MAX_VALUE / 2;
    }

    @Override
    public CompletionStage<Void> release() {
        releaseNow();
        return CompletableFuture.completedFuture(null);
    }

    void releaseNow() {
        provider.release(request.address(), this);
    }

    LockReply acquired() {
        return new LockReply.Acquired(this, leaseBegan);
    }

    void begin() {
        token = provider.nextToken();
        leaseFor(request.leaseTime());
    }

    /** Begins a lease. A renewed lock has none: it ends with the process, as its holder does. */
    void leaseFor(Duration duration) {
        stop();
        leaseBegan = System.nanoTime();
        if (!request.renewed()) {
            lease = Durations.nanos(duration);
            leaseEnd = BackgroundTasks.runAfter(
                    lease, TimeUnit.NANOSECONDS, () -> provider.expire(request.address(), this));
        }
    }

    boolean isOver() {
        return !request.renewed() && System.nanoTime() - leaseBegan >= lease;
    }

    /** Returns how long the lease still runs; null for a renewed lock. */
    @Nullable
    Duration leaseLeft() {
        return request.renewed() ? null : Duration.ofNanos(lease - (System.nanoTime() - leaseBegan));
    }

    void stop() {
        if (leaseEnd != null) {
            leaseEnd.cancel(false);
        }
    }
}
