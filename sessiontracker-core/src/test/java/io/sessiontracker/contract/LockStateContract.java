package io.sessiontracker.contract;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.SessionLockProvider.LockState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

import static io.sessiontracker.contract.LockCalls.AN_HOUR;
import static io.sessiontracker.contract.LockCalls.held;
import static io.sessiontracker.contract.LockCalls.release;
import static org.assertj.core.api.Assertions.assertThat;

/** Extends the {@link SessionLockProviderContract} for a service that knows who holds a lock: reading that changes nothing. */
public interface LockStateContract extends LockFixture {

    @ParameterizedTest
    @ArgumentsSource(UnusualKeys.class)
    default void shouldReportTheHolder(String key) {
        LockCalls lock = lock("checkout", key);
        assertThat(seen(lock)).isEqualTo(LockState.FREE);
        HeldLock held = lock.locks();

        assertThat(seen(lock).holder()).isEqualTo(held.id());
        assertThat(seen(lock).leaseLeft()).isBetween(AN_HOUR.minusMinutes(5), AN_HOUR);
        release(held);
        assertThat(seen(lock)).isEqualTo(LockState.FREE);
    }

    @Test
    default void shouldReportARenewedLock() {
        LockCalls lock = lock();
        HeldLock held = lock.locks(AN_HOUR, true);

        assertThat(seen(lock).holder()).isEqualTo(held.id());
        release(held);
    }

    @Test
    default void shouldReportThatALeaseRanOut() {
        LockCalls lock = lock();
        lock.locks(Duration.ofMillis(1), false);
        LockCalls.pass(Duration.ofMillis(5));

        assertThat(seen(lock)).isEqualTo(LockState.FREE);
    }

    @Test
    default void shouldNotDisturbHolderAndWaiters() {
        LockCalls lock = lock();
        HeldLock first = lock.locks();
        CompletableFuture<LockReply> waiter = lock.waits();
        seen(lock);
        release(first);

        HeldLock second = held(Stages.join(waiter));
        assertThat(seen(lock).holder()).isEqualTo(second.id());
        release(second);
        lock.assertFree();
    }

    private static LockState seen(LockCalls lock) {
        return Stages.join(lock.provider().lockState(lock.address())).orElseThrow();
    }
}
