package io.sessiontracker.memory;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

import io.sessiontracker.spi.SessionLockProvider.LockState;
import org.jspecify.annotations.Nullable;

/**
 * The holder and the waiters of one lock. Not thread-safe: the provider admits one caller at a time to an address.
 *
 * <p>After every call there is a holder, or there are no waiters.
 */
final class InMemoryLockQueue {

    private @Nullable InMemoryHeldLock holder;
    private final Set<LockWaiter> waiters = new LinkedHashSet<>();

    /** Returns whether there is neither a holder nor a waiter. */
    boolean isIdle() {
        return holder == null && waiters.isEmpty();
    }

    /** Returns whether that acquisition holds the lock; a lease that is over is ended before, and a waiter served. */
    boolean isHeldBy(InMemoryHeldLock lock) {
        endLease();
        return holder == lock;
    }

    /** Returns who holds the lock now. */
    LockState state() {
        endLease();
        return holder == null ? LockState.FREE : new LockState(holder.id(), holder.leaseLeft());
    }

    /** Acquires the lock if it is free. */
    boolean take(InMemoryHeldLock lock) {
        endLease();
        if (holder != null) {
            return false;
        }
        hold(lock);
        return true;
    }

    /** Releases the lock if that acquisition holds it, and serves a waiter. */
    void release(InMemoryHeldLock lock) {
        if (holder == lock) {
            lock.stop();
            serveNext();
        }
    }

    void add(LockWaiter waiter) {
        waiters.add(waiter);
    }

    void remove(LockWaiter waiter) {
        waiters.remove(waiter);
    }

    private void endLease() {
        if (holder != null && holder.isOver()) {
            release(holder);
        }
    }

    private void serveNext() {
        holder = null;
        Iterator<LockWaiter> next = waiters.iterator();
        if (next.hasNext()) {
            LockWaiter waiter = next.next();
            next.remove();
            hold(waiter.lock());
            waiter.grant();
        }
    }

    private void hold(InMemoryHeldLock lock) {
        holder = lock;
        lock.begin();
    }
}
