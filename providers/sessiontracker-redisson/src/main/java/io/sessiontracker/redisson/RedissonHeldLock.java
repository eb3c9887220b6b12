package io.sessiontracker.redisson;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import io.sessiontracker.spi.LeasedLock;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.support.LockReleaseRetry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An acquired lock, until its release. */
final class RedissonHeldLock extends LeasedLock {

    private static final Logger log = LoggerFactory.getLogger(RedissonHeldLock.class);

    private final PerAcquisitionLock lock;
    private final CallTimeout timeout;
    private final PendingReleases releases;

    RedissonHeldLock(PerAcquisitionLock lock, LockRequest request, CallTimeout timeout, PendingReleases releases) {
        super(request, lock.ownerName(), lock.token(), lock.sentAt());
        this.lock = lock;
        this.timeout = timeout;
        this.releases = releases;
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

    // Without a time-out of its own: Redisson has some, and requests that come after it have theirs.
    @Override
    public CompletionStage<Void> releaseInOrder() {
        releases.add(request().address(), super.release().whenComplete((done, failure) -> {
            if (failure != null) {
                log.warn(
                        "The lock of {} was not released; its release is retried until its lease ends",
                        request().address(),
                        RedissonExceptions.unwrap(failure));
            }
        }));
        return CompletableFuture.completedStage(null);
    }

    private <T> CompletionStage<T> limited(String operation, CompletionStage<T> call) {
        return timeout.limit(call).exceptionally(failure -> {
            throw new CompletionException(
                    RedissonExceptions.of(operation, request().address(), failure));
        });
    }
}
