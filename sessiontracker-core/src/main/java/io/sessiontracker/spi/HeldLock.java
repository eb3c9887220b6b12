package io.sessiontracker.spi;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The provider's side of a lock that was acquired. Works from any thread. Counting the lease and answering after a release
 * are the engine's; a provider only speaks to its service.
 */
public interface HeldLock {

    /** Returns the id of this acquisition; no two of a service have the same. */
    String id();

    /**
     * Returns the fencing token of this grant, see {@link io.sessiontracker.SessionLock#token}: greater than that of every earlier
     * grant of the same lock, and at least the service's time in microseconds. Constant; never asks the service. A provider whose
     * service has none throws an {@link UnsupportedOperationException}.
     */
    long token();

    /**
     * Sets the lease to that long from now, or a renewed lock's at least until its next renewal.
     *
     * @return false if the lock is no longer this one's, in which case nothing is changed
     */
    CompletionStage<Boolean> extend(Duration lease);

    /**
     * Until when a renewed lock is held, by what is known here: the lease that its last confirmed renewal set, counted by
     * {@link System#nanoTime} from before that renewal was sent. In the past once the lock is known to be lost; more than a
     * century ahead if it can end with this process only. Never asks the service. Of no meaning for a lock that is not
     * renewed.
     */
    long renewedUntil();

    /**
     * Calls back when a renewal finds a renewed lock lost: {@link #renewedUntil} is in the past by then. Does nothing by default: the
     * loss is noticed once {@link #renewedUntil} has passed.
     *
     * @param callback does not block; may be called on any thread, without a lock held that {@link #renewedUntil} needs
     */
    default void onRenewalRefused(Runnable callback) {}

    /**
     * Frees the lock if it is still this one's, else does nothing. Ends its renewal in any case.
     *
     * @return completed when it is done, exceptionally if the service could not be reached
     */
    CompletionStage<Void> release();

    /**
     * Frees the lock as {@link #release} does, but need not wait for it: complete as soon as whatever this process asks of this
     * service afterwards finds the lock free. What fails later is logged by the provider.
     */
    default CompletionStage<Void> releaseInOrder() {
        return release();
    }
}
