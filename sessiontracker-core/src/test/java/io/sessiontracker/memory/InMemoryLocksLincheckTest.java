package io.sessiontracker.memory;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.sessiontracker.Lincheck;
import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionLockProvider.LockState;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Locks in memory under every interleaving of a few calls. */
@Tag(Lincheck.TAG)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InMemoryLocksLincheckTest {

    /** First: threads of the other test would disturb the model checker. */
    @Test
    @Order(1)
    void shouldLetOneHoldTheLock() {
        Lincheck.modelCheck(Attempts.class);
    }

    @Test
    @Order(2)
    void shouldNeverLoseAWaiterOrALock() {
        Lincheck.stress(Waits.class);
    }

    /** Each thread tries, extends and releases; the sequential specification is the same provider called by one thread. */
    @Param(name = "owner", gen = ThreadIdGen.class)
    public static class Attempts {

        private static final Duration HOUR = Duration.ofHours(1);
        private static final SessionAddress ADDRESS = new SessionAddress("cart", "key");

        private final InMemorySessionLockProvider provider = new InMemorySessionLockProvider();
        private final AtomicReferenceArray<HeldLock> held = new AtomicReferenceArray<>(8);

        @Operation(params = "owner")
        public boolean acquire(int owner) {
            LockReply reply = join(provider.acquire(request(Duration.ZERO)).toCompletableFuture());
            if (reply instanceof LockReply.Acquired acquired) {
                held.set(owner, acquired.lock());
            }
            return reply instanceof LockReply.Acquired;
        }

        @Operation(params = "owner")
        public void release(int owner) {
            HeldLock lock = held.get(owner);
            if (lock != null) {
                join(lock.release().toCompletableFuture());
            }
        }

        @Operation(params = "owner")
        public boolean extend(int owner) {
            HeldLock lock = held.get(owner);
            return lock != null && join(lock.extend(HOUR).toCompletableFuture());
        }

        @Operation
        public boolean isFree() {
            return join(provider.lockState(ADDRESS).toCompletableFuture())
                    .orElseThrow()
                    .equals(LockState.FREE);
        }
    }

    /** Callers that wait for the lock, and some that give up as it is granted. */
    @Param(name = "owner", gen = ThreadIdGen.class)
    public static class Waits {

        private final InMemorySessionLockProvider provider = new InMemorySessionLockProvider();
        private int counter;

        /** The lock alone makes this atomic. */
        @Operation
        public int increment() {
            LockReply reply = join(provider.acquire(request(Attempts.HOUR)).toCompletableFuture());
            int value = ++counter;
            join(((LockReply.Acquired) reply).lock().release().toCompletableFuture());
            return value;
        }

        @Operation
        public void giveUp() {
            CompletableFuture<LockReply> reply =
                    provider.acquire(request(Attempts.HOUR)).toCompletableFuture();
            spin();
            if (!reply.cancel(true)) {
                join(((LockReply.Acquired) join(reply)).lock().release().toCompletableFuture());
            }
        }
    }

    /** Up to some microseconds: as long as a grant takes to arrive. */
    private static void spin() {
        for (int i = ThreadLocalRandom.current().nextInt(1_000); i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    private static LockRequest request(Duration waitTime) {
        return new LockRequest(Attempts.ADDRESS, Attempts.HOUR, waitTime, Duration.ofMillis(100), true);
    }

    private static <T> T join(CompletableFuture<T> future) {
        return future.join();
    }
}
