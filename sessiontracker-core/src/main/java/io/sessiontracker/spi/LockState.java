package io.sessiontracker.spi;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A lock as the service sees it at one moment.
 *
 * @param holder the {@link HeldLock#id} of the acquisition that holds it; null if the lock is free
 * @param leaseLeft how long until it frees itself, unless it is extended or renewed; null if the lock is free, or held
 *     for as long as its process lives
 */
public record LockState(@Nullable String holder, @Nullable Duration leaseLeft) {

    /** A lock that is not held. */
    public static final LockState FREE = new LockState(null, null);
}
