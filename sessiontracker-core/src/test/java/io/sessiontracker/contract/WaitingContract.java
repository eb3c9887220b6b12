package io.sessiontracker.contract;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.sessiontracker.contract.LockCalls.AN_HOUR;
import static io.sessiontracker.contract.LockCalls.MAX_WAIT;
import static io.sessiontracker.contract.LockCalls.assertConflicted;
import static io.sessiontracker.contract.LockCalls.held;
import static io.sessiontracker.contract.LockCalls.pass;
import static io.sessiontracker.contract.LockCalls.release;
import static org.assertj.core.api.Assertions.assertThat;

/** Waiting for another holder. */
interface WaitingContract extends LockFixture {

    @Test
    default void shouldGetTheLockWhenItIsReleased() {
        LockCalls lock = lock();
        HeldLock first = lock.locks();
        CompletableFuture<LockReply> waiter = lock.waits();
        pass(Duration.ofMillis(50));
        assertThat(waiter).isNotDone();
        release(first);

        HeldLock second = held(Stages.join(waiter));
        lock.assertHeld();
        release(second);
        lock.assertFree();
    }

    @Test
    default void shouldGetTheLockWhenItsLeaseRunsOut() {
        LockCalls lock = lock();
        lock.locks(Duration.ofMillis(200), false);

        held(Stages.join(lock.waits()));
        lock.assertHeld();
    }

    @Test
    default void shouldGetTheLockWhenItsExtendedLeaseRunsOut() {
        LockCalls lock = lock();
        HeldLock first = lock.locks();
        CompletableFuture<LockReply> waiter = lock.waits();
        LockCalls.extend(first, Duration.ofMillis(100));

        held(Stages.join(waiter));
    }

    @Test
    default void shouldTakeAFreeLockWithoutWaiting() {
        LockCalls lock = lock();

        held(lock.tryLock(AN_HOUR, MAX_WAIT.multipliedBy(10)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 100_000_000})
    default void shouldGiveUpWhenTheWaitIsOver(long nanos) {
        LockCalls lock = lock();
        HeldLock first = lock.locks();

        assertConflicted(lock.tryLock(AN_HOUR, Duration.ofNanos(nanos)));
        release(first);
        release(lock.locksOnceFree());
        lock.assertFree();
    }

    @Test
    default void shouldWaitLongerThanAnyClock() {
        LockCalls lock = lock();
        HeldLock first = lock.locks();
        CompletableFuture<LockReply> waiter = lock.waits(AN_HOUR, ChronoUnit.FOREVER.getDuration());
        pass(Duration.ofMillis(50));
        release(first);

        held(Stages.join(waiter));
    }

    @Test
    default void shouldServeEveryWaiter() {
        LockCalls lock = lock();
        HeldLock first = lock.locks();
        List<CompletableFuture<LockReply>> waiters = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiters.add(lock.waits());
        }
        List<CompletableFuture<Void>> releases = new ArrayList<>();
        for (CompletableFuture<LockReply> waiter : waiters) {
            releases.add(waiter.thenCompose(reply -> held(reply).release()));
        }
        release(first);

        releases.forEach(Stages::await);
        lock.assertFree();
    }

    @Test
    default void shouldCountALeaseFromTheGrantNotTheRequest() {
        LockCalls lock = lock();
        HeldLock first = lock.locks();
        CompletableFuture<LockReply> waiter = lock.waits(Duration.ofMillis(100), MAX_WAIT);
        pass(Duration.ofMillis(300));
        release(first);

        held(Stages.join(waiter));
        release(lock.locksOnceFree());
    }
}
