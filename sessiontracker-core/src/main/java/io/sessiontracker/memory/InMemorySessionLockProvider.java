package io.sessiontracker.memory;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.spi.SessionLockProvider.LockState;
import io.sessiontracker.spi.support.Durations;
import io.sessiontracker.spi.support.FencingTokens;

/**
 * Locks within this process. Each instance is a namespace of its own.
 *
 * <p>Waiters queue, and a release wakes the first; {@link LockRequest#retryInterval} is not used. A request that finds the
 * lock free does not queue. A renewed lock is held until it is released. Leases are measured by {@link System#nanoTime}.
 * All locks share the record of the last token.
 *
 * <p>Safe for any number of threads; a waiter takes none. It owns no thread and need not be closed. A stage that is not
 * complete on return completes in a thread of {@link io.sessiontracker.spi.support.BackgroundTasks}.
 */
public final class InMemorySessionLockProvider implements SessionLockProvider {

    private final ConcurrentMap<SessionAddress, InMemoryLockQueue> queues = new ConcurrentHashMap<>();

    private final AtomicLong lastToken = new AtomicLong();
    private final Clock clock;

    /** Creates a service whose locks are all free, and whose tokens follow the system's clock. */
    public InMemorySessionLockProvider() {
        this(Clock.systemUTC());
    }

    /** Creates a service whose locks are all free. The clock is for {@linkplain HeldLock#token tokens} only, never for leases. */
    public InMemorySessionLockProvider(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public CompletionStage<LockReply> acquire(LockRequest request) {
        LockWaiter waiter = new LockWaiter(new InMemoryHeldLock(this, request));
        boolean waits = request.waitTime().compareTo(Duration.ZERO) > 0;
        boolean[] taken = {false};
        at(request.address(), queue -> {
            taken[0] = queue.take(waiter.lock());
            if (!taken[0] && waits) {
                queue.add(waiter);
            }
        });
        if (taken[0]) {
            return CompletableFuture.completedFuture(waiter.lock().acquired());
        }
        if (!waits) {
            return CompletableFuture.completedFuture(LockWaiter.CONFLICTED);
        }
        waiter.timeOutAfter(Durations.nanos(request.waitTime()));
        var unused = waiter.reply().whenComplete((reply, failure) -> withdraw(request.address(), waiter));
        return waiter.reply();
    }

    @Override
    public CompletionStage<Optional<LockState>> lockState(SessionAddress address) {
        LockState[] state = {LockState.FREE};
        at(address, queue -> state[0] = queue.state());
        return CompletableFuture.completedFuture(Optional.of(state[0]));
    }

    long nextToken() {
        long now = FencingTokens.micros(clock.instant());
        return lastToken.updateAndGet(last -> FencingTokens.next(last, now));
    }

    void release(SessionAddress address, InMemoryHeldLock lock) {
        at(address, queue -> queue.release(lock));
    }

    boolean extend(SessionAddress address, InMemoryHeldLock lock, Duration lease) {
        boolean[] held = {false};
        at(address, queue -> {
            held[0] = queue.isHeldBy(lock);
            if (held[0]) {
                lock.leaseFor(lease);
            }
        });
        return held[0];
    }

    /** Called when a lease should be over; it may have been extended meanwhile, which began another one. */
    void expire(SessionAddress address, InMemoryHeldLock lock) {
        at(address, queue -> {
            var unused = queue.isHeldBy(lock);
        });
    }

    private void withdraw(SessionAddress address, LockWaiter waiter) {
        at(address, queue -> queue.remove(waiter));
    }

    /** Admits one thread at a time to an address, and forgets an address without holder and waiters. */
    private void at(SessionAddress address, Consumer<InMemoryLockQueue> action) {
        queues.compute(address, (key, stored) -> {
            InMemoryLockQueue queue = stored == null ? new InMemoryLockQueue() : stored;
            action.accept(queue);
            return queue.isIdle() ? null : queue;
        });
    }

    /** Returns how many addresses have a holder or waiters. */
    int size() {
        return queues.size();
    }
}
