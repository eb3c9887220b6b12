package io.sessiontracker.contract;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import io.sessiontracker.spi.HeldLock;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.LockCalls.held;
import static io.sessiontracker.contract.LockCalls.release;
import static org.assertj.core.api.Assertions.assertThat;

/** Many contenders for one lock. */
interface ContentionContract extends LockFixture {

    @Test
    default void shouldNeverHaveTwoHolders() throws Exception {
        LockCalls lock = lock();
        int threads = 6;
        int each = 40;
        AtomicInteger holders = new AtomicInteger();
        int[] unprotected = {0};
        Callable<Integer> increments = () -> {
            int most = 0;
            for (int i = 0; i < each; i++) {
                HeldLock held = held(Stages.join(
                        lock.provider().acquire(lock.request(LockCalls.AN_HOUR, LockCalls.MAX_WAIT, i % 2 == 0))));
                most = Math.max(most, holders.incrementAndGet());
                int read = unprotected[0];
                Thread.onSpinWait();
                unprotected[0] = read + 1;
                holders.decrementAndGet();
                release(held);
            }
            return most;
        };

        assertThat(Race.run(Collections.nCopies(threads, increments))).containsOnly(1);
        assertThat(unprotected[0]).isEqualTo(threads * each);
        lock.assertFree();
    }
}
