package io.sessiontracker;

import java.time.Duration;
import java.time.Instant;

/**
 * A held lock. It belongs to this handle, not to a thread: any thread may use and close it.
 *
 * <p>A lease bounds how long others wait for a holder that died; it cannot stop a holder that was frozen from writing
 * when it wakes. That write is refused by its version if the session was written meanwhile; see <a
 * href="https://martin.kleppmann.com/2016/02/08/how-to-do-distributed-locking.html">How to do distributed locking</a>.
 */
public interface SessionLock extends AutoCloseable {

    /** Returns the locked resource, {@code type/key}. */
    String resource();

    /** Returns the id of this acquisition; no two acquisitions have the same. */
    String id();

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
     * Releases the lock if this handle still holds it. May be called from any thread, any number of times, and throws
     * nothing: a lock that could not be released expires with its lease. On an interrupted thread it does not wait for
     * the reply; the lock is released nevertheless, and the thread stays interrupted.
     */
    @Override
    void close();
}
