package io.sessiontracker.redisson;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import io.sessiontracker.spi.LeasedLock;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.support.LockReleaseRetry;

/** An acquired lock, until its release. */
final class RedissonHeldLock extends LeasedLock {

    private final PerAcquisitionLock lock;
    private final CallTimeout timeout;

    RedissonHeldLock(PerAcquisitionLock lock, LockRequest request, CallTimeout timeout) {
        super(request, lock.ownerName(), lock.sentAt());
        this.lock = lock;
        this.timeout = timeout;
        startRenewal();
    }

    @Override
    protected CompletionStage<Boolean> sendExtension(long millis) {
        return limited("extend the lock of", lock.extendOwned(millis));
    }

    @Override
    protected Future<?> later(Runnable task, long delayMillis) {
        return lock.later(task, delayMillis);
    }

    @Override
    protected LockReleaseRetry release(long leaseMillis) {
        return RedissonLockReleaser.of(lock, leaseMillis);
    }

    @Override
    public CompletionStage<Void> release() {
        return limited("release the lock of", super.release());
    }

    private <T> CompletionStage<T> limited(String operation, CompletionStage<T> call) {
        return timeout.limit(call).exceptionally(failure -> {
            throw new CompletionException(
                    RedissonExceptions.of(operation, request().address(), failure));
        });
    }
}
