package io.sessiontracker.redisson;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.sessiontracker.LockStatus;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.support.Durations;
import org.jspecify.annotations.Nullable;

/** One request on its way, until its reply. */
final class RedissonLockAcquisition {

    /** Redisson takes this as: no lease, so the lock is renewed. */
    private static final long RENEWED = -1;

    private static final CompletionStage<Void> NOTHING = CompletableFuture.completedStage(null);

    private final PerAcquisitionLock lock;
    private final LockRequest request;
    private final CallTimeout patience;
    private final long leaseMillis;
    private final CompletableFuture<LockReply> reply = new CompletableFuture<>();
    private volatile @Nullable CompletableFuture<Boolean> attempt;
    private volatile CompletionStage<Void> over = CompletableFuture.completedStage(null);

    RedissonLockAcquisition(PerAcquisitionLock lock, LockRequest request, CallTimeout patience) {
        this.lock = lock;
        this.request = request;
        this.patience = patience;
        this.leaseMillis = request.renewed() ? lock.watchdogMillis() : Durations.millis(request.leaseTime());
    }

    CompletableFuture<LockReply> reply() {
        return reply;
    }

    /** Complete once no try is under way, nor the release of a lock that a try took for nobody. */
    CompletionStage<Void> over() {
        return over;
    }

    void start(CompletionStage<Void> connected) {
        patience.giveUp(reply, Durations.millis(request.waitTime()), this::giveUp);
        var unusedCancellation = reply.whenComplete((result, failure) -> {
            if (reply.isCancelled()) {
                withdraw();
            }
        });
        var unusedStart = connected.whenComplete((done, failure) -> {
            if (failure == null) {
                attempt();
            } else {
                fail(failure);
            }
        });
    }

    /** Ends it unless it has ended, and withdraws what is under way. */
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
            CompletableFuture<Boolean> asked = lock.tryLock(
                            Durations.millis(request.waitTime()), request.renewed() ? RENEWED : leaseMillis)
                    .toCompletableFuture();
            attempt = asked;
            over = asked.handle(this::answer).thenCompose(Function.identity());
        } catch (RuntimeException e) {
            fail(e);
        }
        if (reply.isDone()) {
            withdraw();
        }
    }

    /**
     * Ends the waiting. A try that is under way is not called off: only its outcome tells whether there is a lock to release.
     */
    private void withdraw() {
        lock.withdraw(this::callOff);
        if (!lock.isInDoubt()) {
            callOff();
        }
    }

    private void callOff() {
        CompletableFuture<Boolean> asked = attempt;
        if (asked != null) {
            asked.cancel(false);
            // A try that began meanwhile has nobody to answer to.
            if (lock.isInDoubt()) {
                giveBack();
            }
        }
    }

    private void giveUp() {
        if (abort(patience.exceeded()) && lock.isInDoubt()) {
            giveBack();
        }
    }

    private CompletionStage<Void> answer(@Nullable Boolean acquired, @Nullable Throwable failure) {
        if (failure == null && Boolean.TRUE.equals(acquired)) {
            return acquired();
        }
        lock.wakeNext();
        if (reply.isDone()) {
            return failure == null || RedissonExceptions.isCancelled(failure) ? NOTHING : undone(failure);
        }
        if (failure == null || lock.outwaited()) {
            refuse(LockStatus.CONFLICTED);
            return NOTHING;
        }
        return failed(failure);
    }

    private CompletionStage<Void> acquired() {
        RedissonHeldLock held = new RedissonHeldLock(lock, request, leaseMillis, patience);
        return reply.complete(new LockReply.Acquired(held, lock.askedAt())) ? NOTHING : held.release();
    }

    private CompletionStage<Void> failed(Throwable failure) {
        if (RedissonExceptions.isUnconfirmed(failure)) {
            refuse(LockStatus.NO_QUORUM);
        } else {
            fail(failure);
        }
        return undone(failure);
    }

    /** Releases what a try may have taken. */
    private CompletionStage<Void> undone(Throwable failure) {
        if (RedissonExceptions.isUnconfirmed(failure)) {
            return new RedissonLockReleaser(lock, leaseMillis).held();
        }
        return RedissonExceptions.isUnsent(failure)
                ? NOTHING
                : new RedissonLockReleaser(lock, leaseMillis).perhapsHeld();
    }

    private void giveBack() {
        var unused = new RedissonLockReleaser(lock, leaseMillis).perhapsHeld();
    }

    private void refuse(LockStatus status) {
        reply.complete(new LockReply.Refused(status));
    }

    private boolean fail(Throwable failure) {
        return reply.completeExceptionally(RedissonExceptions.of("lock", request.address(), failure));
    }
}
