package io.sessiontracker.contract;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.LockCalls.AN_HOUR;
import static io.sessiontracker.contract.LockCalls.extend;
import static io.sessiontracker.contract.LockCalls.held;
import static io.sessiontracker.contract.LockCalls.release;
import static org.assertj.core.api.Assertions.assertThat;

/** One holder at a time, and a release that frees its own lock only. */
interface HoldingContract extends LockFixture {

    @Test
    default void shouldRefuseASecondHolder() {
        LockCalls lock = lock();
        lock.locks();

        lock.assertHeld();
        lock.assertHeld();
    }

    @Test
    default void shouldFreeTheLock() {
        LockCalls lock = lock();
        for (int i = 0; i < 3; i++) {
            HeldLock held = lock.locks();
            lock.assertHeld();
            release(held);
        }
        lock.assertFree();
    }

    @Test
    default void shouldReleaseFromAnotherThread() throws Exception {
        LockCalls lock = lock();
        HeldLock held = lock.locks();
        Race.run(List.of(() -> {
            release(held);
            return true;
        }));

        lock.assertFree();
    }

    @Test
    default void shouldExtendFromAnotherThread() throws Exception {
        HeldLock held = lock().locks();

        assertThat(Race.<Boolean>run(List.of(() -> extend(held, AN_HOUR)))).containsExactly(true);
    }

    @Test
    default void shouldReleaseAnyNumberOfTimes() {
        LockCalls lock = lock();
        HeldLock held = lock.locks();
        release(held);
        release(held);

        lock.locks();
        release(held);
        lock.assertHeld();
    }

    @Test
    default void shouldNotFreeTheLockOfTheNextHolder() {
        LockCalls lock = lock();
        HeldLock lost = lock.locks(Duration.ofMillis(50), false);
        HeldLock next = lock.locksOnceFree();
        release(lost);

        lock.assertHeld();
        assertThat(extend(next, AN_HOUR)).isTrue();
    }

    @Test
    default void shouldReleaseALostLock() {
        LockCalls lock = lock();
        HeldLock lost = lock.locks(Duration.ofMillis(1), false);
        release(lock.locksOnceFree());
        release(lost);

        lock.assertFree();
    }

    @Test
    default void shouldGiveEachAcquisitionItsOwnId() {
        LockCalls lock = lock();
        LockCalls other = lock();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            for (LockCalls each : List.of(lock, other)) {
                HeldLock held = each.locks();
                assertThat(held.id()).isNotEmpty().isEqualTo(held.id());
                ids.add(held.id());
                release(held);
            }
        }
        assertThat(ids).hasSize(20);
    }

    @Test
    default void shouldReportWhenTheLockWasRequested() {
        LockCalls lock = lock();
        long before = System.nanoTime();
        LockReply reply = lock.tryLock();
        long after = System.nanoTime();

        held(reply);
        long askedAt = ((LockReply.Acquired) reply).askedAt();
        assertThat(askedAt - before).isNotNegative();
        assertThat(after - askedAt).isNotNegative();
    }

    @Test
    default void shouldShareTheLockBetweenProvidersOfANamespace() {
        String namespace = Fresh.namespace();
        LockCalls mine = new LockCalls(provider(namespace), lock().address());
        LockCalls theirs = new LockCalls(provider(namespace), mine.address());
        HeldLock held = mine.locks();

        theirs.assertHeld();
        release(held);
        theirs.assertFree();
    }
}
