package io.sessiontracker.redis.lock;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.spi.LeasedLock;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.support.LockReleaseRetry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lock that was acquired, until its release. */
final class RedisHeldLock extends LeasedLock {

    private static final Logger log = LoggerFactory.getLogger(RedisHeldLock.class);

    private final RedisLocks locks;
    private final String name;

    RedisHeldLock(RedisLocks locks, LockRequest request, String id, String name, long token, long askedAt) {
        super(request, id, token, askedAt);
        this.locks = locks;
        this.name = name;
        startRenewal();
    }

    @Override
    protected CompletionStage<Boolean> sendExtension(long millis) {
        return locks.runner().run(locks.operations().extend(request().address(), id(), millis));
    }

    @Override
    protected Future<?> later(Runnable task, long delayMillis) {
        return locks.later(task, delayMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    protected LockReleaseRetry release(long leaseMillis) {
        return locks.releaseOf(request(), id(), leaseMillis);
    }

    // The server runs calls of one connection in order; where it does not, an attempt of this process awaits the
    // release that is noted here.
    @Override
    public CompletionStage<Void> releaseInOrder() {
        CompletableFuture<Void> noted = locks.beginRelease(name);
        release().whenComplete((done, failure) -> {
            noted.complete(null);
            if (failure != null) {
                log.warn(
                        "The lock of {} was not released; it is free when its lease has run out",
                        request().address(),
                        failure);
            }
        });
        return CompletableFuture.completedStage(null);
    }
}
