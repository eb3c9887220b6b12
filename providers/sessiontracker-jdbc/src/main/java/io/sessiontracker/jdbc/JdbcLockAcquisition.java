package io.sessiontracker.jdbc;

import java.util.List;
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

    private OptionalLong take(LockTable table, boolean first) {
        List<LockTable.Holder> holder = first ? List.of() : table.holder(key);
        OptionalLong token = holder.isEmpty() ? table.take(key, id, leaseMillis) : OptionalLong.empty();
        if (token.isPresent()) {
            return token;
        }
        if (locks.isListening() && holder.stream().noneMatch(LockTable.Holder::isAwaited)) {
            table.await(key);
        }
        return token;
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
        boolean begins;
        synchronized (this) {
            begins = !waits;
            waits = true;
            long interval = Math.max(1, Durations.nanos(request.retryInterval()));
            long pause =
                    isReleased ? 0 : interval / 2 + ThreadLocalRandom.current().nextLong(interval);
            isReleased = false;
            next = locks.later(() -> attempt(false), Math.min(pause, left), TimeUnit.NANOSECONDS);
        }
        if (begins) {
            locks.onRelease(key, this::released, reply);
        }
    }

    /** Tries again at once; after the attempt that is being made, if there is one. */
    private synchronized void released() {
        if (next.cancel(false)) {
            attempt(false);
        } else {
            isReleased = true;
        }
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
