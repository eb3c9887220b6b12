package io.sessiontracker.contract;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.sessiontracker.contract.LockCalls.AN_HOUR;
import static io.sessiontracker.contract.LockCalls.MAX_WAIT;
import static io.sessiontracker.contract.LockCalls.extend;
import static io.sessiontracker.contract.LockCalls.held;
import static io.sessiontracker.contract.LockCalls.pass;
import static io.sessiontracker.contract.LockCalls.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A lease that runs out, that is extended, and that is renewed. */
interface LeaseContract extends LockFixture {

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000, 200_000_000})
    default void shouldFreeItselfAfterTheLease(long nanos) {
        LockCalls lock = lock();
        lock.locks(Duration.ofNanos(nanos), false);

        release(lock.locksOnceFree());
    }

    @Test
    default void shouldAcceptALeaseLongerThanAnyClock() {
        LockCalls lock = lock();
        HeldLock held = lock.locks(ChronoUnit.FOREVER.getDuration(), false);
        lock.assertHeld();
        assertThat(extend(held, ChronoUnit.FOREVER.getDuration())).isTrue();
        lock.assertHeld();
        release(held);

        lock.assertFree();
    }

    @Test
    default void shouldKeepARenewedLockBeyondItsLease() {
        // On a machine that stalls for a lease the lock is lost rightly, and a longer one is tried.
        Duration[] lease = {Duration.ofMillis(200)};
        await().atMost(MAX_WAIT).until(() -> {
            LockCalls lock = lock();
            HeldLock held = lock.locks(lease[0], true);
            pass(lease[0].multipliedBy(3));
            boolean kept = lock.tryLock() instanceof LockReply.Refused;
            release(held);
            if (kept) {
                lock.assertFree();
            }
            lease[0] = lease[0].multipliedBy(2);
            return kept;
        });
    }

    @Test
    default void shouldEndRenewalWithTheRelease() {
        LockCalls lock = lock();
        Duration lease = Duration.ofMillis(200);
        release(lock.locks(lease, true));
        lock.locks(Duration.ofMillis(100), false);

        // A renewal that went on would keep the next holder's lock.
        release(lock.locksOnceFree());
    }

    @Test
    default void shouldOutliveItsFirstLeaseWhenExtended() {
        Duration lease = Duration.ofMillis(300);
        // On a machine that stalls for a lease the lock is lost rightly, and the next one is tried.
        await().atMost(MAX_WAIT).until(() -> {
            LockCalls lock = lock();
            boolean extended = extend(lock.locks(lease, false), AN_HOUR);
            if (extended) {
                pass(lease.multipliedBy(2));
                lock.assertHeld();
            }
            return extended;
        });
    }

    @Test
    default void shouldCountAnExtensionFromNow() {
        LockCalls lock = lock();
        assertThat(extend(lock.locks(), Duration.ofMillis(50))).isTrue();

        release(lock.locksOnceFree());
    }

    @Test
    default void shouldKeepARenewedLockThatIsExtendedByLess() {
        LockCalls lock = lock();
        HeldLock held = lock.locks(AN_HOUR, true);
        assertThat(extend(held, Duration.ofMillis(1))).isTrue();
        pass(Duration.ofMillis(200));

        lock.assertHeld();
        release(held);
        lock.assertFree();
    }

    @Test
    default void shouldNotExtendAReleasedLock() {
        LockCalls lock = lock();
        HeldLock held = lock.locks();
        release(held);

        assertThat(extend(held, AN_HOUR)).isFalse();
        lock.assertFree();
    }

    @Test
    default void shouldNotRegainALostLockByExtendingIt() {
        LockCalls lock = lock();
        HeldLock lost = lock.locks(Duration.ofMillis(50), false);
        release(lock.locksOnceFree());

        assertThat(extend(lost, AN_HOUR)).isFalse();
        lock.assertFree();
    }

    @Test
    default void shouldNotExtendAnExpiredLockThatIsFree() {
        LockCalls lock = lock();
        HeldLock lost = lock.locks(Duration.ofMillis(50), false);
        pass(Duration.ofMillis(200));

        assertThat(extend(lost, AN_HOUR)).isFalse();
        lock.assertFree();
    }

    @Test
    default void shouldNotTouchTheNextHoldersLease() {
        LockCalls lock = lock();
        HeldLock lost = lock.locks(Duration.ofMillis(50), false);
        HeldLock next = lock.locksOnceFree();

        assertThat(extend(lost, Duration.ofMillis(1))).isFalse();
        pass(Duration.ofMillis(100));
        lock.assertHeld();
        assertThat(extend(next, Duration.ofMillis(200))).isTrue();
        assertThat(extend(lost, AN_HOUR)).isFalse();
        release(lock.locksOnceFree());
    }

    @Test
    default void shouldCountAWaitersLeaseFromItsGrant() {
        // A waiter that asked long before the release may be granted by a request on its way then: look again.
        await().atMost(MAX_WAIT).until(() -> {
            LockCalls lock = lock();
            HeldLock first = lock.locks();
            var waiter = lock.waits();
            pass(Duration.ofMillis(200));
            long released = System.nanoTime();
            release(first);
            LockReply reply = Stages.join(waiter);
            long answered = System.nanoTime();

            held(reply);
            long askedAt = ((LockReply.Acquired) reply).askedAt();
            assertThat(answered - askedAt).isNotNegative();
            return askedAt - released >= 0;
        });
    }
}
