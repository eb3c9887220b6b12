package io.sessiontracker.dynamodb;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.LockStatus;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.support.Durations;
import io.sessiontracker.spi.support.RandomIds;

/** A request for a lock, until its reply. A waiter tries again at random times, on average each retry interval. */
final class DynamoDbLockAcquisition {

    private final DynamoDbLocks locks;
    private final LockRequest request;
    private final SessionAddress address;
    private final long leaseMillis;
    private final long giveUpAt;
    private final CompletableFuture<LockReply> reply = new CompletableFuture<>();

    DynamoDbLockAcquisition(DynamoDbLocks locks, LockRequest request) {
        this.locks = locks;
        this.request = request;
        this.address = request.address();
        this.leaseMillis = Durations.millis(request.leaseTime());
        this.giveUpAt = System.nanoTime() + Durations.nanos(request.waitTime());
    }

    /** Returns the reply's future; cancelling it withdraws the request. */
    CompletableFuture<LockReply> reply() {
        return reply;
    }

    void failClosed() {
        reply.completeExceptionally(
                new SessionStoreException("Cannot lock " + address + ": the provider was closed", null));
    }

    /** Makes the first attempt. */
    void attempt() {
        attempt(0);
    }

    /**
     * Tries to take the lock. Each attempt has another id, so that the release of an attempt in doubt cannot release the lock of a
     * later one.
     *
     * @param lastToken the last fencing token, as far as it is known
     */
    private void attempt(long lastToken) {
        LockItem expired = locks.observations().expired(address);
        long last = expired == null ? lastToken : Math.max(lastToken, expired.token());
        LockItem item = LockItem.create(RandomIds.next(), leaseMillis, locks.nextToken(last));
        long askedAt = System.nanoTime();
        var unused = locks.run(table -> table.take(address, item, expired == null ? null : expired.version()))
                .whenComplete((attempt, failure) -> {
                    if (failure != null) {
                        releaseInDoubt(item);
                        reply.completeExceptionally(failure);
                    } else if (attempt.refusal() == null) {
                        acquired(item, askedAt);
                    } else {
                        refused(item, attempt.isInDoubt(), attempt.refusal());
                    }
                });
    }

    private void acquired(LockItem item, long askedAt) {
        locks.observations().observe(address, item);
        DynamoDbHeldLock lock = new DynamoDbHeldLock(locks, request, item.owner(), item.token(), askedAt);
        if (!reply.complete(new LockReply.Acquired(lock, askedAt))) {
            var unused = lock.release();
        }
    }

    private void refused(LockItem item, boolean isInDoubt, DynamoDbLockTable.Stored stored) {
        if (isInDoubt) {
            releaseInDoubt(item);
        }
        if (stored.holder() == null) {
            // Another process, whose clock is ahead, was granted the token of a later time.
            attemptUnlessDone(stored.lastToken());
        } else {
            locks.observations().observe(address, stored.holder());
            waitOrRefuse();
        }
    }

    private void releaseInDoubt(LockItem item) {
        var unused = locks.releaseOf(request, item.owner(), leaseMillis).releaseInDoubt();
    }

    private void waitOrRefuse() {
        long left = giveUpAt - System.nanoTime();
        if (left <= 0) {
            reply.complete(new LockReply.Refused(LockStatus.CONFLICTED));
            return;
        }
        long interval = Math.max(1, Durations.nanos(request.retryInterval()));
        long pause = interval / 2 + ThreadLocalRandom.current().nextLong(interval);
        var unused = locks.later(this::attemptIfFree, Math.min(pause, left), TimeUnit.NANOSECONDS);
    }

    /** Reads first, which costs less than an attempt that is refused. */
    private void attemptIfFree() {
        if (reply.isDone()) {
            return;
        }
        var unused = locks.run(table -> table.read(address)).whenComplete((stored, failure) -> {
            if (failure != null) {
                reply.completeExceptionally(failure);
            } else if (stored.holder() == null || locks.observations().observe(address, stored.holder()) <= 0) {
                attemptUnlessDone(stored.lastToken());
            } else {
                waitOrRefuse();
            }
        });
    }

    private void attemptUnlessDone(long lastToken) {
        if (!reply.isDone()) {
            attempt(lastToken);
        }
    }
}
