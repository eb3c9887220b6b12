package io.sessiontracker;

import java.time.Duration;
import java.time.Instant;

/**
 * A lock that was acquired. It belongs to this handle, not to a thread: any thread may use and close it.
 *
 * <p>A lease bounds how long others wait for a holder that died; it cannot stop a holder that was frozen from writing
 * when it wakes. That write is refused by its version if somebody else wrote meanwhile, see
 * <a href="https://martin.kleppmann.com/2016/02/08/how-to-do-distributed-locking.html">how to do distributed
 * locking</a>.
 */
public interface SessionLock extends AutoCloseable {

    /** What is locked: the session's {@code type/key}. */
    String resource();

    /** Which acquisition this is; no two have the same. */
    String id();

    /**
     * When the lease runs out, for a log line: by this machine's clock, and earlier rather than later. For a renewed lock,
     * when it runs out if it is not renewed again; centuries ahead where only this process's end can end it.
     */
    Instant expiresAt();

    /** Whether {@link #status} is {@link LockStatus#ACQUIRED}. */
    boolean isAcquired();

    /**
     * What this handle knows by itself, without asking the server: it counts the lease by the monotonic clock from before
     * it asked for it. A renewed lock is expired, too, once it was found lost, or could not be renewed for so long that it
     * may be.
     *
     * @return {@link LockStatus#ACQUIRED}, {@link LockStatus#EXPIRED}, or after {@link #close}
     *     {@link LockStatus#UNLOCKED}
     */
    LockStatus status();

    /**
     * Lets the lease run that long from now, whether that is longer or shorter than before. A renewed lock keeps being
     * renewed. Calls of several threads take turns. If it fails, the handle goes by the shorter of the two leases, as either
     * may be in force.
     *
     * @param lease positive
     * @return false if the lock is no longer held; nothing is changed then
     * @throws IllegalArgumentException if the lease is not positive
     * @throws SessionStoreException if the lock service could not be reached, or answered an error
     * @throws SessionTrackerException if the thread is interrupted while it waits; the thread stays interrupted
     */
    boolean extend(Duration lease);

    /**
     * Frees the lock if it is still this handle's. May be called from any thread and any number of times, and throws
     * nothing: a lock that could not be freed frees itself when its lease runs out. On an interrupted thread it does not wait
     * for the answer; the lock is freed all the same, and the thread stays interrupted.
     */
    @Override
    void close();
}
