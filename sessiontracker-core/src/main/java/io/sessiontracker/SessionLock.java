package io.sessiontracker;

import java.time.Duration;
import java.time.Instant;

/**
 * A held lock. It belongs to this handle, not to a thread: any thread may use and close it.
 *
 * <p>A lease bounds how long others wait for a holder that died; it cannot stop a holder that was frozen from writing
 * when it wakes. That write is refused by its version if the session was written meanwhile. Any other resource that the lock
 * protects can refuse it by the {@link #token}; see <a
 * href="https://martin.kleppmann.com/2016/02/08/how-to-do-distributed-locking.html">How to do distributed locking</a>.
 */
public interface SessionLock extends AutoCloseable {

    /** Returns the locked resource, {@code type/key}. */
    String resource();

    /** Returns the id of this acquisition; no two acquisitions have the same. */
    String id();

    /**
     * Returns the fencing token of this grant. It is greater than that of every earlier grant of the same key, so a resource that
     * refuses a token smaller than one it has seen is safe from holders that write after they lost the lock. It is at least the
     * lock service's time in microseconds at the grant, and so grows even if the service has lost the token before it. It stays the
     * same when the lock is extended, released or lost.
     *
     * @throws UnsupportedOperationException if a custom lock provider has no tokens
     */
    long token();

    /**
     * Returns when the lease runs out, for log lines: by this machine's clock, and rather too early than too late. For a
     * renewed lock it is the end of the present lease; centuries ahead if only the end of this process can end it.
     */
    Instant expiresAt();

    /** Returns whether {@link #status} is {@link LockStatus#ACQUIRED}. */
    boolean isAcquired();

    /**
     * Returns what this handle knows without asking the server: the lease is counted by the monotonic clock from before
     * it was requested. A renewed lock expires, too, when it is found lost, or could not be renewed for so long that it
     * may be.
     *
     * @return {@link LockStatus#ACQUIRED}, {@link LockStatus#EXPIRED}, or after {@link #close} {@link
     *     LockStatus#UNLOCKED}
     */
    LockStatus status();

    /**
     * Sets the lease to run for the given time from now, whether that is longer or shorter than before. A renewed lock
     * stays renewed. Concurrent calls take turns. If the call fails, the handle assumes the shorter of the two leases, as
     * either may be in force.
     *
     * @param lease positive
     * @return false if the lock is no longer held; nothing is changed then
     * @throws IllegalArgumentException if the lease is not positive
     * @throws SessionStoreException if the lock service could not be reached, or replied with an error
     * @throws SessionTrackerException if the thread is interrupted while it waits; the thread stays interrupted
     */
    boolean extend(Duration lease);

    /**
     * Runs a task once this handle learns that the lock is lost: its lease has run out, or an extension or a renewal found that the
     * lock is another's. At once if that is known already. Several tasks run in the order in which they were added, each once; none
     * begins once {@link #close} has returned. From then on the {@link #status} stays {@link LockStatus#EXPIRED}, whatever the reply
     * to an extension under way.
     *
     * <p>A task runs on a thread of the tracker's workers, which it may block for a moment. What it throws is logged, and reported to
     * {@link io.sessiontracker.event.SessionListener#onError}. It is no safeguard: a process that is paused runs it when it goes on,
     * and a renewal in trouble is known only when its lease is over. Only the {@link #token} keeps a late write from a resource.
     */
    void onLost(Runnable task);

    /**
     * Releases the lock if this handle still holds it. May be called from any thread, any number of times, and throws
     * nothing: a lock that could not be released expires with its lease. On an interrupted thread it does not wait for
     * the reply; the lock is released nevertheless, and the thread stays interrupted.
     */
    @Override
    void close();
}
