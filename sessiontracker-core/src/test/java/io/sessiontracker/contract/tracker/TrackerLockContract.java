package io.sessiontracker.contract.tracker;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.sessiontracker.LockOptions;
import io.sessiontracker.LockStatus;
import io.sessiontracker.LockedSession;
import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionLock;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.SessionTrackerException;
import io.sessiontracker.SessionType;
import io.sessiontracker.contract.OwnThread;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

interface TrackerLockContract extends TrackerFixture {

    LockOptions ONE_TRY = LockOptions.waitFor(Duration.ZERO);

    SessionError TAKEN = new SessionError.LockNotAcquired("checkout", "order-1", LockStatus.CONFLICTED);

    @Test
    default void aLockShouldExcludeOthersUntilItIsClosed() {
        SessionTracker tracker = tracker();
        try (SessionLock lock = tracker.lock(Checkout.class, "order-1").orElseThrow()) {
            assertThat(lock.resource()).isEqualTo("checkout/order-1");
            assertThat(lock.id()).isNotEmpty();
            assertThat(lock.isAcquired()).isTrue();
            assertThat(lock.status()).isEqualTo(LockStatus.ACQUIRED);
            assertThat(lock.expiresAt()).isAfter(Instant.now());
            assertThat(tracker.lock(Checkout.class, "order-1").failure()).contains(TAKEN);
            assertThat(tracker.lock(new Checkout("order-1")).failure()).contains(TAKEN);
            assertThat(tracker.lock(new Checkout("order-1"), ONE_TRY).failure()).contains(TAKEN);
        }
        try (SessionLock next = tracker.lock(new Checkout("order-1")).orElseThrow()) {
            assertThat(next.isAcquired()).isTrue();
        }
    }

    @Test
    default void eachFormShouldHeedItsOptions() {
        SessionTracker tracker = tracker();
        LockOptions twoHours = LockOptions.lease(HOUR.multipliedBy(2));
        Checkout checkout = tracker.start(new Checkout("order-1")).orElseThrow();
        try (SessionLock lock =
                tracker.lock(Checkout.class, "order-1", twoHours).orElseThrow()) {
            assertThat(lock.expiresAt()).isAfter(Instant.now().plus(HOUR));
        }
        try (SessionLock lock = tracker.lock(checkout, twoHours).orElseThrow()) {
            assertThat(lock.expiresAt()).isAfter(Instant.now().plus(HOUR));
        }
        try (LockedSession<Checkout> locked =
                tracker.getLocked(Checkout.class, "order-1", twoHours).orElseThrow()) {
            assertThat(locked.lock().expiresAt()).isAfter(Instant.now().plus(HOUR));
        }
    }

    @Test
    default void aLockShouldNeedNoSessionAndTouchNone() {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1")).orElseThrow();
        try (SessionLock lock = tracker.lock(Checkout.class, "order-1").orElseThrow();
                SessionLock other = tracker.lock(Checkout.class, "nobody").orElseThrow()) {
            assertThat(lock.id()).isNotEqualTo(other.id());
            assertThat(tracker.peek(Checkout.class, "order-1").orElseThrow().getVersion())
                    .isEqualTo(1);
        }
    }

    @Test
    default void aClosedHandleShouldKnowItAndNeverFreeAnothersLock() {
        SessionTracker tracker = tracker();
        SessionLock first = tracker.lock(Checkout.class, "order-1").orElseThrow();
        first.close();
        assertThat(first.status()).isEqualTo(LockStatus.UNLOCKED);
        assertThat(first.isAcquired()).isFalse();
        assertThat(first.extend(HOUR)).isFalse();
        try (SessionLock second = tracker.lock(Checkout.class, "order-1").orElseThrow()) {
            first.close();
            assertThat(second.isAcquired()).isTrue();
            assertThat(tracker.lock(Checkout.class, "order-1").failure()).contains(TAKEN);
        }
    }

    @Test
    default void anotherThreadShouldBeAbleToCloseALock() {
        SessionTracker tracker = tracker();
        SessionLock lock = tracker.lock(Checkout.class, "order-1").orElseThrow();

        CompletableFuture.runAsync(lock::close, OwnThread::run).join();

        try (SessionLock next = tracker.lock(Checkout.class, "order-1", ONE_TRY).orElseThrow()) {
            assertThat(next.isAcquired()).isTrue();
        }
    }

    @Test
    default void anExpiredHandleShouldNotReleaseTheNextHoldersLock() {
        SessionTracker tracker = tracker();
        SessionLock first = tracker.lock(Checkout.class, "order-1", LockOptions.lease(Duration.ofMillis(50)))
                .orElseThrow();
        await().until(() -> first.status() == LockStatus.EXPIRED);
        assertThat(first.isAcquired()).isFalse();

        AtomicReference<SessionLock> next = new AtomicReference<>();
        await().until(() -> {
            tracker.lock(Checkout.class, "order-1").ifSuccess(next::set);
            return next.get() != null;
        });
        try (SessionLock second = next.get()) {
            assertThat(first.extend(HOUR)).isFalse();
            first.close();
            assertThat(first.status()).isEqualTo(LockStatus.UNLOCKED);
            assertThat(second.isAcquired()).isTrue();
            assertThat(tracker.lock(Checkout.class, "order-1").failure()).contains(TAKEN);
        }
    }

    @Test
    default void extendShouldChangeTheEndOfTheLease() {
        SessionTracker tracker = tracker();
        try (SessionLock lock =
                tracker.lock(Checkout.class, "order-1", LockOptions.lease(HOUR)).orElseThrow()) {
            assertThat(lock.extend(Duration.ofMillis(500))).isTrue();
            await().until(() -> lock.status() == LockStatus.EXPIRED);
        }
        try (SessionLock lock = tracker.lock(Checkout.class, "order-2", LockOptions.lease(Duration.ofSeconds(20)))
                .orElseThrow()) {
            Instant before = lock.expiresAt();
            assertThat(lock.extend(HOUR)).isTrue();
            assertThat(lock.expiresAt()).isAfter(before.plusSeconds(60));
        }
    }

    @Test
    default void aWaiterShouldGetTheLockWhenItIsFreed() throws InterruptedException {
        SessionTracker tracker = tracker();
        SessionLock first = tracker.lock(Checkout.class, "order-1").orElseThrow();
        CountDownLatch asks = new CountDownLatch(1);
        AtomicBoolean freed = new AtomicBoolean();
        CompletableFuture<Boolean> waiter = CompletableFuture.supplyAsync(
                () -> {
                    asks.countDown();
                    try (SessionLock second = tracker.lock(Checkout.class, "order-1", LockOptions.waitFor(HOUR))
                            .orElseThrow()) {
                        return second.isAcquired() && freed.get();
                    }
                },
                OwnThread::run);
        asks.await();
        // Another whole wait passes, and neither gets it.
        assertThat(tracker.lock(Checkout.class, "order-1", LockOptions.waitFor(Duration.ofMillis(200)))
                        .failure())
                .contains(TAKEN);
        assertThat(waiter).isNotDone();

        freed.set(true);
        first.close();

        assertThat(waiter.join()).as("it held the lock after it was freed").isTrue();
    }

    @Test
    default void aWaiterShouldGiveUpAfterItsTime() {
        SessionTracker tracker = tracker();
        try (SessionLock held = tracker.lock(Checkout.class, "order-1").orElseThrow()) {
            assertThat(held.isAcquired()).isTrue();
            assertThat(tracker.lock(Checkout.class, "order-1", LockOptions.waitFor(Duration.ofMillis(50)))
                            .failure())
                    .contains(TAKEN);
        }
    }

    @Test
    default void aLeaseShouldNotBeginBeforeAWaiterHasTheLock() {
        SessionTracker tracker = tracker();
        Duration lease = Duration.ofSeconds(20);
        SessionLock first = tracker.lock(Checkout.class, "order-1", LockOptions.lease(Duration.ofMillis(200)))
                .orElseThrow();
        long asked = System.nanoTime();

        try (SessionLock second = tracker.lock(
                        Checkout.class, "order-1", LockOptions.lease(lease).withWait(HOUR))
                .orElseThrow()) {
            long waited = System.nanoTime() - asked;
            assertThat(second.expiresAt()).isAfter(Instant.now().plus(lease).minusNanos(waited));
        }
        first.close();
    }

    @Test
    default void anInterruptedWaiterShouldWithdrawAndStayInterrupted() throws InterruptedException {
        SessionTracker tracker = tracker();
        SessionLock held = tracker.lock(Checkout.class, "order-1").orElseThrow();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread waiter = new Thread(() -> {
            try {
                tracker.lock(Checkout.class, "order-1", LockOptions.waitFor(HOUR))
                        .orElseThrow();
            } catch (RuntimeException e) {
                thrown.set(e);
                interrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        waiter.start();
        await().until(() ->
                waiter.getState() == Thread.State.WAITING || waiter.getState() == Thread.State.TIMED_WAITING);

        waiter.interrupt();
        waiter.join();

        assertThat(thrown.get()).isInstanceOf(SessionTrackerException.class);
        assertThat(interrupted.get()).isTrue();
        held.close();
        try (SessionLock next = tracker.lock(Checkout.class, "order-1", LockOptions.waitFor(HOUR))
                .orElseThrow()) {
            assertThat(next.isAcquired()).isTrue();
        }
    }

    @Test
    default void getLockedShouldAnswerTheSessionAndItsLock() {
        SessionTracker tracker = tracker();
        tracker.start(Checkout.at("order-1", "Main Street")).orElseThrow();
        try (LockedSession<Checkout> locked =
                tracker.getLocked(Checkout.class, "order-1").orElseThrow()) {
            assertThat(locked.session().getAddress()).isEqualTo("Main Street");
            assertThat(locked.lock().isAcquired()).isTrue();
            assertThat(tracker.getLocked(Checkout.class, "order-1").failure()).contains(TAKEN);
            locked.session().setAddress("Side Street");
            tracker.update(locked.session()).orElseThrow();
        }
        try (LockedSession<Checkout> next =
                tracker.getLocked(Checkout.class, "order-1", ONE_TRY).orElseThrow()) {
            assertThat(next.session().getAddress()).isEqualTo("Side Street");
        }
    }

    @Test
    default void getLockedShouldLeaveNoLockBehindWhenThereIsNoSession() {
        SessionTracker tracker = tracker();
        assertThat(tracker.getLocked(Checkout.class, "order-1").failure())
                .contains(new SessionError.NotFound("checkout", "order-1"));
        assertFree(tracker, Checkout.class);
        tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.finish(Checkout.class, "order-1").orElseThrow();

        assertThat(tracker.getLocked(Checkout.class, "order-1").failure())
                .contains(new SessionError.AlreadyFinished("checkout", "order-1"));
        assertFree(tracker, Checkout.class);
    }

    @Test
    default void getLockedShouldLeaveNoLockBehindWhenTheSessionCannotBeRead() {
        String namespace = namespace();
        tracker(namespace).start(Checkout.at("order-1", "no number")).orElseThrow();
        SessionTracker reader = tracker(namespace);

        assertThatThrownBy(
                        () -> reader.getLocked(OtherCheckout.class, "order-1").isSuccess())
                .isInstanceOf(io.sessiontracker.SessionCodecException.class);
        assertFree(reader, OtherCheckout.class);
    }

    private static void assertFree(SessionTracker tracker, Class<? extends Session> type) {
        try (SessionLock lock = tracker.lock(type, "order-1", ONE_TRY).orElseThrow()) {
            assertThat(lock.isAcquired()).isTrue();
        }
    }

    /** Reads the address as a number, which it is not. */
    @SessionType("checkout")
    class OtherCheckout extends Session {
        public int address;

        OtherCheckout(String key) {
            super(key);
        }
    }
}
