package io.sessiontracker.redisson;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.LockStatus;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import org.jspecify.annotations.Nullable;

/** One request on its way, until its reply. */
final class Acquisition {

    /** Redisson takes this as: no lease, but the watchdog. */
    private static final long RENEWED = -1;

    private final OwnedLock lock;
    private final LockRequest request;
    private final long leaseMillis;
    private final CompletableFuture<LockReply> reply = new CompletableFuture<>();

    Acquisition(OwnedLock lock, LockRequest request) {
        this.lock = lock;
        this.request = request;
        this.leaseMillis = request.renewed() ? lock.watchdogMillis() : Millis.of(request.leaseTime());
    }

    CompletionStage<LockReply> start() {
        long wait = Millis.of(request.waitTime());
        CompletableFuture<Boolean> attempt =
                lock.tryLock(wait, request.renewed() ? RENEWED : leaseMillis).toCompletableFuture();
        attempt.whenComplete(this::answer);
        reply.whenComplete((result, failure) -> {
            if (reply.isCancelled()) {
                lock.withdraw();
                attempt.cancel(false);
            }
        });
        return reply;
    }

    private void answer(@Nullable Boolean acquired, @Nullable Throwable failure) {
        if (failure == null && Boolean.TRUE.equals(acquired)) {
            acquired();
            return;
        }
        if (reply.isCancelled()) {
            return;
        }
        lock.wakeNext();
        if (failure == null || lock.outwaited()) {
            refuse(LockStatus.CONFLICTED);
        } else {
            failed(failure);
        }
    }

    private void acquired() {
        RedissonHeldLock held = new RedissonHeldLock(lock, request.address(), leaseMillis, request.renewed());
        if (!reply.complete(new LockReply.Acquired(held, lock.askedAt()))) {
            var unused = held.release();
        }
    }

    private void failed(Throwable failure) {
        GiveBack giveBack = new GiveBack(lock, leaseMillis);
        if (Failures.isUnconfirmed(failure)) {
            giveBack.held().whenComplete((done, e) -> refuse(LockStatus.NO_QUORUM));
        } else if (Failures.isUnsent(failure)) {
            fail(failure);
        } else {
            giveBack.perhapsHeld().whenComplete((done, e) -> fail(failure));
        }
    }

    private void refuse(LockStatus status) {
        reply.complete(new LockReply.Refused(status));
    }

    private void fail(Throwable failure) {
        reply.completeExceptionally(Failures.of("lock", request.address(), failure));
    }
}
