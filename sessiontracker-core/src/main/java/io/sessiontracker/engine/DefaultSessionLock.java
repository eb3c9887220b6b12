package io.sessiontracker.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.sessiontracker.LockStatus;
import io.sessiontracker.SessionLock;
import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionInstrumentation;
import io.sessiontracker.spi.support.Durations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handle of an acquired lock. It counts the lease itself, from before the request was sent, so it never believes in a
 * lock that the service has given up. The end of a renewed lock is the provider's to say.
 */
final class DefaultSessionLock implements SessionLock {

    private static final Logger log = LoggerFactory.getLogger(DefaultSessionLock.class);

    private final SessionAddress address;
    private final HeldLock held;
    private final boolean renewed;
    private final LossCallbacks losses;
    private final SessionInstrumentation instrumentation;
    private final long heldFrom = System.nanoTime();
    private final SerialCalls extensions = new SerialCalls();

    private long leaseEnd;
    private LockStatus status = LockStatus.ACQUIRED;
    private @Nullable LossWatch lossWatch;

    DefaultSessionLock(
            SessionAddress address,
            HeldLock held,
            long askedAt,
            Duration lease,
            boolean renewed,
            LossCallbacks losses,
            SessionInstrumentation instrumentation) {
        this.losses = losses;
        this.instrumentation = instrumentation;
        this.address = address;
        this.held = held;
        this.renewed = renewed;
        this.leaseEnd = askedAt + Durations.nanos(lease);
    }

    @Override
    public String resource() {
        return address.toString();
    }

    @Override
    public String id() {
        return held.id();
    }

    @Override
    public long token() {
        return held.token();
    }

    @Override
    public synchronized Instant expiresAt() {
        return Instant.now().plusNanos(leaseEnd() - System.nanoTime());
    }

    @Override
    public boolean isAcquired() {
        return status() == LockStatus.ACQUIRED;
    }

    @Override
    public synchronized LockStatus status() {
        if (status == LockStatus.ACQUIRED && leaseEnd() - System.nanoTime() <= 0) {
            expire();
        }
        return status;
    }

    private void expire() {
        status = LockStatus.EXPIRED;
        if (lossWatch != null) {
            lossWatch.lost();
        }
    }

    @Override
    public void onLost(Runnable task) {
        Objects.requireNonNull(task, "The task must not be null");
        if (renewed) {
            held.onRenewalRefused(this::status);
        }
        addCallback(task);
    }

    private synchronized void addCallback(Runnable callback) {
        LockStatus known = status();
        if (known != LockStatus.UNLOCKED) {
            LossWatch watch = lossWatch == null ? new LossWatch(address, losses) : lossWatch;
            lossWatch = watch;
            watch.add(callback);
            if (known == LockStatus.EXPIRED) {
                watch.lost();
            } else {
                awaitLeaseEnd();
            }
        }
    }

    /** Looks at the lease again when it should be over, if there are callbacks. */
    private synchronized void awaitLeaseEnd() {
        if (lossWatch != null && status() == LockStatus.ACQUIRED) {
            lossWatch.lookAfter(leaseEnd() - System.nanoTime(), this::awaitLeaseEnd);
        }
    }

    private long leaseEnd() {
        return renewed ? held.renewedUntil() : leaseEnd;
    }

    @Override
    public boolean extend(Duration newLease) {
        return Futures.join(extension(newLease));
    }

    /**
     * Extends the lease without blocking. One extension at a time: of two at once it would be unknown which the service took for the
     * last.
     */
    CompletableFuture<Boolean> extension(Duration newLease) {
        Objects.requireNonNull(newLease, "The lease must not be null");
        if (newLease.isZero() || newLease.isNegative()) {
            throw new IllegalArgumentException("The lease must be positive; it is " + newLease);
        }
        return extensions.run(() -> extendInTurn(newLease));
    }

    private CompletionStage<Boolean> extendInTurn(Duration newLease) {
        if (!isAcquired()) {
            return CompletableFuture.completedStage(false);
        }
        long askedAt = System.nanoTime();
        shorten(askedAt + Durations.nanos(newLease));
        return held.extend(newLease).thenApply(extended -> settleExtension(extended, askedAt, newLease));
    }

    /** Ends a lease early before a shorter one is requested: that may have begun even if the reply is lost. */
    private synchronized void shorten(long newEnd) {
        if (newEnd - leaseEnd < 0) {
            leaseEnd = newEnd;
            awaitLeaseEnd();
        }
    }

    private synchronized boolean settleExtension(boolean extended, long askedAt, Duration newLease) {
        boolean reportedLost = status == LockStatus.EXPIRED && lossWatch != null;
        if (status == LockStatus.UNLOCKED || reportedLost) {
            return false;
        }
        if (!extended) {
            expire();
            return false;
        }
        leaseEnd = askedAt + Durations.nanos(newLease);
        status = LockStatus.ACQUIRED;
        awaitLeaseEnd();
        return isAcquired();
    }

    @Override
    public void close() {
        try {
            // A stage of its own to wait for: an interruption cancels what it waited for.
            Futures.join(releaseInOrder().thenRun(() -> {}));
        } catch (RuntimeException failed) {
            // Interrupted is only the wait: the release goes on.
            if (!(failed.getCause() instanceof InterruptedException)) {
                notReleased(failed);
            }
        }
    }

    /** Releases the lock; complete once requests that this process sends later find it free. Only the first call has an effect. */
    CompletionStage<@Nullable Void> releaseInOrder() {
        return unlock(held::releaseInOrder)
                .<@Nullable Void>thenApply(done -> null)
                .exceptionally(this::notReleased);
    }

    /** Logs the failure: a caller could do nothing about it, and the lease ends by itself. */
    private @Nullable Void notReleased(Throwable failure) {
        log.warn(
                "The lock of {} was not released; it becomes free when its lease ends",
                address,
                Futures.cause(failure));
        return null;
    }

    /** Releases the lock; complete when it is free. Only the first call has an effect. */
    CompletionStage<Void> release() {
        return unlock(held::release);
    }

    /** Releases before the instrumentation is called, which so cannot keep the lock. */
    private CompletionStage<Void> unlock(Supplier<CompletionStage<Void>> release) {
        if (!markUnlocked()) {
            return CompletableFuture.completedStage(null);
        }
        CompletionStage<Void> released = sent(release);
        instrumentation.lockEnded(address.type(), Duration.ofNanos(System.nanoTime() - heldFrom));
        return released;
    }

    private static CompletionStage<Void> sent(Supplier<CompletionStage<Void>> release) {
        try {
            return release.get();
        } catch (RuntimeException thrown) {
            return CompletableFuture.failedStage(thrown);
        }
    }

    private synchronized boolean markUnlocked() {
        boolean first = status != LockStatus.UNLOCKED;
        status = LockStatus.UNLOCKED;
        if (lossWatch != null) {
            lossWatch.end();
        }
        return first;
    }

    @Override
    public String toString() {
        return "SessionLock[" + address + ", id=" + id() + ", " + status() + "]";
    }
}
