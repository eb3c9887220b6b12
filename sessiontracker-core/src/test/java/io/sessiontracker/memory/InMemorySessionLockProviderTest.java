package io.sessiontracker.memory;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What only these locks do: nothing is kept of a lock without holder and waiters, and a waiter takes no thread. */
class InMemorySessionLockProviderTest {

    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    private final InMemorySessionLockProvider locks = new InMemorySessionLockProvider();
    private final SessionAddress address = new SessionAddress("checkout", "key");

    @Test
    void shouldForgetAReleasedLock() {
        HeldLock held = held(ask(MAX_WAIT, Duration.ZERO));
        assertThat(locks.size()).isEqualTo(1);
        release(held);

        assertThat(locks.size()).isZero();
        release(held);
        assertThat(held.extend(MAX_WAIT).toCompletableFuture().join()).isFalse();
        assertThat(locks.size()).isZero();
    }

    @Test
    void shouldDropALockAfterItsLease() {
        held(ask(Duration.ofMillis(20), Duration.ZERO));

        awaitForgotten();
    }

    @Test
    void shouldForgetAWaiterThatGaveUpOrWasCancelled() {
        HeldLock held = held(ask(MAX_WAIT, Duration.ZERO));
        assertThat(ask(MAX_WAIT, Duration.ofMillis(20)).join()).isInstanceOf(LockReply.Refused.class);
        assertThat(ask(MAX_WAIT, MAX_WAIT).cancel(true)).isTrue();
        release(held);

        awaitForgotten();
    }

    @Test
    void shouldForgetALockThatWasGrantedToACancelledWaiter() {
        for (int i = 0; i < 200; i++) {
            HeldLock held = held(ask(MAX_WAIT, Duration.ZERO));
            CompletableFuture<LockReply> waiter = ask(MAX_WAIT, MAX_WAIT);
            release(held);
            if (!waiter.cancel(true)) {
                release(held(waiter));
            }
            awaitForgotten();
        }
    }

    @Test
    void shouldServeWaitersInTheOrderTheyCame() {
        HeldLock held = held(ask(MAX_WAIT, Duration.ZERO));
        List<Integer> served = new ArrayList<>();
        List<CompletableFuture<Void>> waiters = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int number = i;
            waiters.add(ask(MAX_WAIT, MAX_WAIT).thenAccept(reply -> {
                served.add(number);
                release(((LockReply.Acquired) reply).lock());
            }));
        }
        release(held);
        waiters.forEach(CompletableFuture::join);

        assertThat(served).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void shouldTakeNoThreadForAWaiter() {
        HeldLock held = held(ask(MAX_WAIT, Duration.ZERO));
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        AtomicInteger served = new AtomicInteger();
        List<CompletableFuture<Void>> waiters = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            waiters.add(ask(MAX_WAIT, MAX_WAIT).thenAccept(reply -> {
                served.incrementAndGet();
                release(((LockReply.Acquired) reply).lock());
            }));
        }

        assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(threads + 500);
        release(held);
        waiters.forEach(CompletableFuture::join);
        assertThat(served).hasValue(1000);
        assertThat(locks.size()).isZero();
    }

    @Test
    void shouldGrantGreaterTokensWhenTheClockIsSetBack() {
        SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00.000001Z"));
        InMemorySessionLockProvider clocked = new InMemorySessionLockProvider(clock);
        long first = token(clocked);
        clock.advance(Duration.ofDays(-1));
        long second = token(clocked);
        clock.advance(Duration.ofDays(2));
        long third = token(clocked);

        assertThat(first).isEqualTo(1_767_225_600_000_001L);
        assertThat(second).isEqualTo(first + 1);
        assertThat(third).isEqualTo(first + Duration.ofDays(1).toNanos() / 1_000);
    }

    private long token(InMemorySessionLockProvider provider) {
        HeldLock held =
                held(provider.acquire(new LockRequest(address, MAX_WAIT, Duration.ZERO, Duration.ofMillis(50), false))
                        .toCompletableFuture());
        release(held);
        return held.token();
    }

    private void awaitForgotten() {
        await().atMost(MAX_WAIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> locks.size() == 0);
    }

    private CompletableFuture<LockReply> ask(Duration lease, Duration wait) {
        return locks.acquire(new LockRequest(address, lease, wait, Duration.ofMillis(50), false))
                .toCompletableFuture();
    }

    private static HeldLock held(CompletableFuture<LockReply> reply) {
        return ((LockReply.Acquired) reply.join()).lock();
    }

    private static void release(HeldLock lock) {
        lock.release().toCompletableFuture().join();
    }
}
