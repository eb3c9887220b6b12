package io.sessiontracker.dynamodb;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.spi.LeasedLock;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.support.LockReleaseRetry;

/** An item of a lock, from its acquisition until its release. */
final class DynamoDbHeldLock extends LeasedLock {

    private final DynamoDbLocks locks;

    DynamoDbHeldLock(DynamoDbLocks locks, LockRequest request, String id, long token, long askedAt) {
        super(request, id, token, askedAt);
        this.locks = locks;
        startRenewal();
    }

    /** A lock whose lease is over is not taken again, even if it is still free. */
    @Override
    protected CompletionStage<Boolean> sendExtension(long millis) {
        if (locks.observations().isOver(request().address(), id())) {
            return CompletableFuture.completedStage(false);
        }
        LockItem item = LockItem.create(id(), millis, token());
        return locks.run(table -> table.extend(request().address(), item)).thenApply(held -> {
            if (held) {
                locks.observations().observe(request().address(), item);
            }
            return held;
        });
    }

    @Override
    protected Future<?> later(Runnable task, long delayMillis) {
        return locks.later(task, delayMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    protected LockReleaseRetry release(long leaseMillis) {
        return locks.releaseOf(request(), id(), leaseMillis);
    }
}
