package io.sessiontracker.jdbc;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.spi.LeasedLock;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.support.LockReleaseRetry;

/** A row of the lock table, from its acquisition until its release. */
final class JdbcHeldLock extends LeasedLock {

    private final JdbcLocks locks;

    JdbcHeldLock(JdbcLocks locks, LockRequest request, String id, long token, long askedAt) {
        super(request, id, token, askedAt);
        this.locks = locks;
        startRenewal();
    }

    @Override
    protected CompletionStage<Boolean> sendExtension(long millis) {
        return locks.run(table -> table.extend(LockTable.Key.of(request().address()), id(), millis));
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
