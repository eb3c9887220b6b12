package io.sessiontracker.jdbc;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.LockStatus;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.support.Durations;
import io.sessiontracker.spi.support.RandomIds;
import org.jspecify.annotations.Nullable;

/**
 * A request for a lock, until its reply. A waiter tries again at random times, on average each retry interval, and when it hears of the
 * release.
 */
final class JdbcLockAcquisition {

    private final JdbcLocks locks;
    private final LockRequest request;
    private final LockTable.Key key;
    private final String id = RandomIds.next();
    private final long leaseMillis;
    private final long giveUpAt;
    private final CompletableFuture<LockReply> reply = new CompletableFuture<>();
    // Guarded by this.
    private boolean waits;
    private boolean attempts = true;
    private boolean isReleased;
    private Future<?> next = CompletableFuture.completedFuture(null);

    JdbcLockAcquisition(JdbcLocks locks, LockRequest request) {
        this.locks = locks;
        this.request = request;
        this.key = LockTable.Key.of(request.address());
        this.leaseMillis = Durations.millis(request.leaseTime());
        this.giveUpAt = System.nanoTime() + Durations.nanos(request.waitTime());
    }

    /** Returns the reply's future; cancelling it withdraws the request. */
    CompletableFuture<LockReply> reply() {
        return reply;
    }

    void failClosed() {
        reply.completeExceptionally(
                new SessionStoreException("Cannot lock " + request.address() + ": the provider was closed", null));
    }

    /** Makes the first attempt, unless the request was withdrawn. */
    void attempt() {
        attempt(true);
    }

    /** A later attempt reads first: a lock that is held costs one statement then, which waits for none. */
    private void attempt(boolean first) {
        if (reply.isDone()) {
            return;
        }
        long[] askedAt = {0};
        var unused = locks.run(table -> {
                    askedAt[0] = System.nanoTime();
                    return take(table, first);
                })
                .whenComplete((taken, failure) -> {
                    if (failure != null) {
                        failed(failure);
                    } else if (taken.isPresent()) {
                        acquired(taken.getAsLong(), askedAt[0]);
                    } else {
                        waitOrRefuse();
                    }
                });
    }

    /** Takes the lock if it is free. Else its release notifies this waiter, if that works. */
    private OptionalLong take(LockTable table, boolean first) {
        Optional<LockTable.Holder> holder = first ? Optional.empty() : table.holder(key);
        while (true) {
            if (holder.isEmpty()) {
                OptionalLong token = table.take(key, id, leaseMillis);
                if (token.isPresent()) {
                    return token;
                }
            }
            // In this order: a release after the demand finds a listener, and one before it is noticed by the demand.
            if (!listens() || holder.stream().anyMatch(LockTable.Holder::isAwaited) || table.await(key)) {
                return OptionalLong.empty();
            }
            holder = Optional.empty();
        }
    }

    /** Returns whether a release is heard from now on. */
    private boolean listens() {
        if (giveUpAt - System.nanoTime() <= 0) {
            return false;
        }
        boolean begins;
        synchronized (this) {
            begins = !waits;
            waits = true;
        }
        if (begins) {
            locks.onRelease(key, this::released, reply);
        }
        return locks.isListening();
    }

    private void acquired(long token, long askedAt) {
        locks.taken();
        JdbcHeldLock lock = new JdbcHeldLock(locks, request, id, token, askedAt);
        if (!reply.complete(new LockReply.Acquired(lock, askedAt))) {
            var unused = lock.release();
        }
    }

    private void waitOrRefuse() {
        long left = giveUpAt - System.nanoTime();
        if (left <= 0) {
            reply.complete(new LockReply.Refused(LockStatus.CONFLICTED));
            return;
        }
        synchronized (this) {
            attempts = false;
            long interval = Math.max(1, Durations.nanos(request.retryInterval()));
            long pause =
                    isReleased ? 0 : interval / 2 + ThreadLocalRandom.current().nextLong(interval);
            isReleased = false;
            next = locks.later(this::retry, Math.min(pause, left), TimeUnit.NANOSECONDS);
        }
    }

    /** Tries again at once; after the attempt that is being made, if there is one. */
    private void released() {
        synchronized (this) {
            isReleased = attempts;
            next.cancel(false);
        }
        retry();
    }

    /** Never makes two attempts at once: both could take the lock, and then one of them would release it. */
    private void retry() {
        synchronized (this) {
            if (attempts) {
                return;
            }
            attempts = true;
        }
        attempt(false);
    }

    /** Releases what a failed attempt may have taken: its transaction may have been committed. */
    private void failed(@Nullable Throwable failure) {
        var unused = locks.releaseOf(request, id, leaseMillis).releaseInDoubt();
        Throwable cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
        reply.completeExceptionally(
                cause instanceof SessionStoreException
                        ? cause
                        : new SessionStoreException("Cannot lock " + request.address(), cause));
    }
}
