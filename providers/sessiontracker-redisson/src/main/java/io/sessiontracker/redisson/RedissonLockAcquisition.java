package io.sessiontracker.redisson;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.sessiontracker.LockStatus;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.support.Durations;
import org.jspecify.annotations.Nullable;

/** A lock request, until its reply. */
final class RedissonLockAcquisition {

    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    private final PerAcquisitionLock lock;
    private final LockRequest request;
    private final CallTimeout timeout;
    private final PendingReleases releases;
    private final long leaseMillis;
    private final CompletableFuture<LockReply> reply = new CompletableFuture<>();
    private volatile @Nullable CompletableFuture<Boolean> attempt;
    private volatile CompletionStage<Void> settled = DONE;

    RedissonLockAcquisition(
            PerAcquisitionLock lock, LockRequest request, CallTimeout timeout, PendingReleases releases) {
        this.lock = lock;
        this.request = request.renewed() ? withLease(request, lock.watchdogMillis()) : request;
        this.timeout = timeout;
        this.releases = releases;
        this.leaseMillis = Durations.millis(this.request.leaseTime());
    }

    private static LockRequest withLease(LockRequest request, long millis) {
        return new LockRequest(
                request.address(),
                Duration.ofMillis(millis),
                request.waitTime(),
                request.retryInterval(),
                request.renewed());
    }

    CompletableFuture<LockReply> reply() {
        return reply;
    }

    /** Completes when neither an attempt nor the release of an unused lock is under way. */
    CompletionStage<Void> settled() {
        return settled;
    }

    /** Sends the request when it may be sent. */
    void start(CompletionStage<Void> ready) {
        timeout.onTimeout(reply, Durations.millis(request.waitTime()), this::timeOut);
        var unusedCancellation = reply.whenComplete((result, failure) -> {
            if (reply.isCancelled()) {
                withdraw();
            }
        });
        var unusedStart = ready.whenComplete((done, failure) -> {
            if (failure == null) {
                attempt();
            } else {
                fail(failure);
            }
        });
    }

    /** Fails the request unless it is complete, and withdraws an attempt that is under way. */
    boolean abort(Throwable cause) {
        boolean ended = fail(cause);
        if (ended) {
            withdraw();
        }
        return ended;
    }

    private void attempt() {
        if (reply.isDone()) {
            return;
        }
        try {
            CompletableFuture<Boolean> sent = lock.tryLock(Durations.millis(request.waitTime()), leaseMillis)
                    .toCompletableFuture();
            attempt = sent;
            settled = sent.handle(this::answer).thenCompose(Function.identity());
        } catch (RuntimeException e) {
            fail(e);
        }
        if (reply.isDone()) {
            withdraw();
        }
    }

    /**
     * Ends the wait. An attempt that is under way is not cancelled, as only its outcome says whether to release a lock.
     */
    private void withdraw() {
        lock.withdraw(this::cancelAttempt);
        if (!lock.isInDoubt()) {
            cancelAttempt();
        }
    }

    private void cancelAttempt() {
        CompletableFuture<Boolean> sent = attempt;
        if (sent != null) {
            sent.cancel(false);
            // An attempt that began meanwhile has no caller any more.
            if (lock.isInDoubt()) {
                releaseInDoubt();
            }
        }
    }

    private void timeOut() {
        if (abort(timeout.exceeded()) && lock.isInDoubt()) {
            releaseInDoubt();
        }
    }

    private CompletionStage<Void> answer(@Nullable Boolean acquired, @Nullable Throwable failure) {
        if (failure == null && Boolean.TRUE.equals(acquired)) {
            return acquired();
        }
        lock.wakeNext();
        if (reply.isDone()) {
            return failure == null || RedissonExceptions.isCancelled(failure) ? DONE : releaseAfter(failure);
        }
        if (failure == null || lock.timedOutWhileSubscribing()) {
            refuse(LockStatus.CONFLICTED);
            return DONE;
        }
        return failed(failure);
    }

    private CompletionStage<Void> acquired() {
        RedissonHeldLock held = new RedissonHeldLock(lock, request, timeout, releases);
        return reply.complete(new LockReply.Acquired(held, lock.sentAt())) ? DONE : held.release();
    }

    private CompletionStage<Void> failed(Throwable failure) {
        if (RedissonExceptions.isUnconfirmed(failure)) {
            refuse(LockStatus.NO_QUORUM);
        } else {
            fail(failure);
        }
        return releaseAfter(failure);
    }

    /** Releases a lock that the failed attempt may have taken. */
    private CompletionStage<Void> releaseAfter(Throwable failure) {
        if (RedissonExceptions.isUnconfirmed(failure)) {
            return RedissonLockReleaser.of(lock, leaseMillis).releaseHeld();
        }
        return RedissonExceptions.isUnsent(failure)
                ? DONE
                : RedissonLockReleaser.of(lock, leaseMillis).releaseInDoubt();
    }

    private void releaseInDoubt() {
        var unused = RedissonLockReleaser.of(lock, leaseMillis).releaseInDoubt();
    }

    private void refuse(LockStatus status) {
        reply.complete(new LockReply.Refused(status));
    }

    private boolean fail(Throwable failure) {
        return reply.completeExceptionally(RedissonExceptions.of("lock", request.address(), failure));
    }
}
