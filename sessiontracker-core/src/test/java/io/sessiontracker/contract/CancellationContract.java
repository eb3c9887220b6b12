package io.sessiontracker.contract;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.LockCalls.MAX_WAIT;
import static io.sessiontracker.contract.LockCalls.held;
import static io.sessiontracker.contract.LockCalls.release;

/** A request that is cancelled leaves nothing behind. */
interface CancellationContract extends LockFixture {

    int ROUNDS = 30;

    @Test
    default void shouldWithdrawAWaiter() {
        LockCalls lock = lock();
        HeldLock first = lock.locks();
        lock.asks(MAX_WAIT).cancel(true);
        lock.assertHeld();
        release(first);

        release(lock.locksOnceFree());
        lock.assertFree();
    }

    @Test
    default void shouldLeaveOtherWaitersAlone() {
        LockCalls lock = lock();
        HeldLock first = lock.locks();
        CompletableFuture<LockReply> before = lock.asks(MAX_WAIT);
        CompletableFuture<LockReply> cancelled = lock.asks(MAX_WAIT);
        CompletableFuture<LockReply> after = lock.asks(MAX_WAIT);
        cancelled.cancel(true);
        release(first);

        // No fairness is required: whichever waiter is first, the other one is next.
        CompletableFuture<Void> one = before.thenCompose(reply -> held(reply).release());
        CompletableFuture<Void> other = after.thenCompose(reply -> held(reply).release());
        Stages.await(one);
        Stages.await(other);
        release(lock.locksOnceFree());
    }

    @Test
    default void shouldNotKeepALockThatACancelledRequestGets() {
        for (int round = 0; round < ROUNDS; round++) {
            LockCalls lock = lock();
            CompletableFuture<LockReply> request = lock.asks(Duration.ZERO);
            if (!request.cancel(true)) {
                release(held(Stages.join(request)));
            }
            release(lock.locksOnceFree());
        }
    }

    @Test
    default void shouldNotLoseALockThatIsGrantedWhileItsRequestIsCancelled() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            LockCalls lock = lock();
            HeldLock first = lock.locks();
            CompletableFuture<LockReply> waiter = lock.asks(MAX_WAIT);
            CompletableFuture<LockReply> next = lock.asks(MAX_WAIT);
            List<Boolean> done = Race.run(List.of(() -> waiter.cancel(true), () -> {
                release(first);
                return true;
            }));

            if (!done.get(0)) {
                release(held(Stages.join(waiter)));
            }
            release(held(Stages.join(next)));
            release(lock.locksOnceFree());
        }
    }
}
