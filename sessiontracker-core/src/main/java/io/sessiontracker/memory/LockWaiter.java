package io.sessiontracker.memory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.LockStatus;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.support.BackgroundTasks;

/** A request in a queue. It ends with the lock, the end of the wait, or its cancellation, whichever is first. */
record LockWaiter(InMemoryHeldLock lock, CompletableFuture<LockReply> reply) {

    static final LockReply CONFLICTED = new LockReply.Refused(LockStatus.CONFLICTED);

    LockWaiter(InMemoryHeldLock lock) {
        this(lock, new CompletableFuture<>());
    }

    /** Ends the request as conflicted after that time, unless there is a reply before. */
    void timeOutAfter(long nanos) {
        Future<?> timeout = BackgroundTasks.runAfter(nanos, TimeUnit.NANOSECONDS, () -> reply.complete(CONFLICTED));
        var unused = reply.whenComplete((answer, failure) -> timeout.cancel(false));
    }

    /** Completes the request in another thread: what follows must not delay the caller that released the lock. */
    void grant() {
        LockReply acquired = lock.acquired();
        BackgroundTasks.executor().execute(() -> {
            if (!reply.complete(acquired)) {
                lock.releaseNow();
            }
        });
    }
}
