package io.sessiontracker.memory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import io.sessiontracker.LockStatus;
import io.sessiontracker.spi.LockReply;

/** A request in a queue. Whatever ends it first wins: the lock, the end of the wait, or its cancellation. */
record LockWaiter(InMemoryHeldLock lock, CompletableFuture<LockReply> reply) {

    static final LockReply CONFLICTED = new LockReply.Refused(LockStatus.CONFLICTED);

    LockWaiter(InMemoryHeldLock lock) {
        this(lock, new CompletableFuture<>());
    }

    /** Gives up when the wait is over, or calls that off when there is a reply before. */
    void giveUpAfter(long nanos) {
        Future<?> alarm = Delay.after(nanos, () -> reply.complete(CONFLICTED));
        var unused = reply.whenComplete((answer, failure) -> alarm.cancel(false));
    }

    /** Tells it, in another thread: what it does next must not hold up who released the lock. */
    void grant() {
        LockReply acquired = lock.acquired();
        var unused = CompletableFuture.runAsync(() -> {
            if (!reply.complete(acquired)) {
                lock.giveBack();
            }
        });
    }
}
