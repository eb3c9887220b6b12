package io.sessiontracker.memory;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

import io.sessiontracker.spi.LockState;
import org.jspecify.annotations.Nullable;

/**
 * Who holds one lock, and who waits for it. Not safe for threads: the provider lets one at a time at an address.
 *
 * <p>After every call there is a holder, or nobody waits.
 */
final class InMemoryLockQueue {

    private @Nullable InMemoryHeldLock holder;
    private final Set<LockWaiter> waiters = new LinkedHashSet<>();

    /** Whether nobody needs it any more. */
    boolean isIdle() {
        return holder == null && waiters.isEmpty();
    }

    /** Whether that lock is held; ends it, and serves a waiter, if its lease is over. */
    boolean isHeldBy(InMemoryHeldLock lock) {
        endLease();
        return holder == lock;
    }

    /** Who holds it now. */
    LockState state() {
        endLease();
        return holder == null ? LockState.FREE : new LockState(holder.id(), holder.leaseLeft());
    }

    /** Gives it to that one if nobody holds it. */
    boolean take(InMemoryHeldLock lock) {
        endLease();
        if (holder != null) {
            return false;
        }
        hold(lock);
        return true;
    }

    /** Frees it if that one holds it, and serves a waiter. */
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
