package io.sessiontracker.redisson;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.LockStatus;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import org.jspecify.annotations.Nullable;

/** One request on its way, until its reply. */
final class Acquisition {

    /** Redisson takes this as: no lease, so the lock is renewed. */
    private static final long RENEWED = -1;

    private final OwnedLock lock;
    private final LockRequest request;
    private final Patience patience;
    private final long leaseMillis;
    private final CompletableFuture<LockReply> reply = new CompletableFuture<>();
    private volatile @Nullable CompletableFuture<Boolean> attempt;

    Acquisition(OwnedLock lock, LockRequest request, Patience patience) {
        this.lock = lock;
        this.request = request;
        this.patience = patience;
        this.leaseMillis = request.renewed() ? lock.watchdogMillis() : Millis.of(request.leaseTime());
    }

    CompletableFuture<LockReply> reply() {
        return reply;
    }

    void start(CompletionStage<Void> connected) {
        patience.giveUp(reply, Millis.of(request.waitTime()), this::giveUp);
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
                            Millis.of(request.waitTime()), request.renewed() ? RENEWED : leaseMillis)
                    .toCompletableFuture();
            attempt = asked;
            var unused = asked.whenComplete(this::answer);
        } catch (RuntimeException e) {
            fail(e);
        }
        if (reply.isDone()) {
            withdraw();
        }
    }

    /** A lock that is granted all the same finds nobody who wants it, and is freed by Redisson or {@link #acquired}. */
    private void withdraw() {
        lock.withdraw();
        CompletableFuture<Boolean> asked = attempt;
        if (asked != null) {
            asked.cancel(false);
        }
    }

    private void giveUp() {
        if (abort(patience.exceeded()) && attempt != null) {
            giveBack();
        }
    }

    private void answer(@Nullable Boolean acquired, @Nullable Throwable failure) {
        if (failure == null && Boolean.TRUE.equals(acquired)) {
            acquired();
            return;
        }
        if (reply.isDone()) {
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
        RedissonHeldLock held = new RedissonHeldLock(lock, request, leaseMillis, patience);
        if (!reply.complete(new LockReply.Acquired(held, lock.askedAt()))) {
            var unused = held.release();
        }
    }

    private void failed(Throwable failure) {
        if (Failures.isUnconfirmed(failure)) {
            refuse(LockStatus.NO_QUORUM);
            var unused = new GiveBack(lock, leaseMillis).held();
        } else {
            fail(failure);
            if (!Failures.isUnsent(failure)) {
                giveBack();
            }
        }
    }

    private void giveBack() {
        var unused = new GiveBack(lock, leaseMillis).perhapsHeld();
    }

    private void refuse(LockStatus status) {
        reply.complete(new LockReply.Refused(status));
    }

    private boolean fail(Throwable failure) {
        return reply.completeExceptionally(Failures.of("lock", request.address(), failure));
    }
}
