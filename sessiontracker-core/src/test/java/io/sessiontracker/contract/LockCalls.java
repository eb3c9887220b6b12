package io.sessiontracker.contract;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.sessiontracker.LockStatus;
import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionLockProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A provider's calls for one lock, most of them waited for. */
record LockCalls(SessionLockProvider provider, SessionAddress address) {

    static final Duration AN_HOUR = Duration.ofHours(1);
    /** A time-out that only a lock which is never granted exceeds. */
    static final Duration MAX_WAIT = Duration.ofSeconds(60);

    private static final LockReply CONFLICTED = new LockReply.Refused(LockStatus.CONFLICTED);
    private static final Duration RETRY = Duration.ofMillis(20);

    /** One try, for an hour. */
    LockReply tryLock() {
        return Stages.join(provider.acquire(request(AN_HOUR, Duration.ZERO, false)));
    }

    LockReply tryLock(Duration lease, Duration wait) {
        return Stages.join(provider.acquire(request(lease, wait, false)));
    }

    HeldLock locks() {
        return locks(AN_HOUR, false);
    }

    /** Takes the lock, which must be free. */
    HeldLock locks(Duration lease, boolean renewed) {
        return held(Stages.join(provider.acquire(request(lease, Duration.ZERO, renewed))));
    }

    /** Asks from another thread, and waits for the lock as long as it takes. */
    CompletableFuture<LockReply> waits() {
        return waits(AN_HOUR, MAX_WAIT);
    }

    CompletableFuture<LockReply> waits(Duration lease, Duration wait) {
        return CompletableFuture.supplyAsync(
                () -> Stages.join(provider.acquire(request(lease, wait, false))), OwnThread::run);
    }

    /** Asks from this thread, and may be cancelled. A provider that blocks answers when the wait is over. */
    CompletableFuture<LockReply> asks(Duration wait) {
        return provider.acquire(request(AN_HOUR, wait, false)).toCompletableFuture();
    }

    LockRequest request(Duration lease, Duration wait, boolean renewed) {
        return new LockRequest(address, lease, wait, RETRY, renewed);
    }

    void assertHeld() {
        assertConflicted(tryLock());
    }

    void assertFree() {
        release(held(tryLock()));
    }

    /** Acquires a lock that frees itself, or that is released in the background. */
    HeldLock locksOnceFree() {
        LockReply[] reply = {tryLock()};
        await().atMost(MAX_WAIT).pollInterval(RETRY).until(() -> {
            reply[0] = reply[0] instanceof LockReply.Acquired ? reply[0] : tryLock();
            return reply[0] instanceof LockReply.Acquired;
        });
        return held(reply[0]);
    }

    static void assertConflicted(LockReply reply) {
        assertThat(reply).isEqualTo(CONFLICTED);
    }

    static HeldLock held(LockReply reply) {
        assertThat(reply).isInstanceOf(LockReply.Acquired.class);
        return ((LockReply.Acquired) reply).lock();
    }

    static void release(HeldLock lock) {
        Stages.await(lock.release());
    }

    static boolean extend(HeldLock lock, Duration lease) {
        return Stages.join(lock.extend(lease));
    }

    /** Lets that much time pass, at least. */
    static void pass(Duration time) {
        long from = System.nanoTime();
        await().atMost(MAX_WAIT).pollInterval(RETRY).until(() -> System.nanoTime() - from > time.toNanos());
    }
}
