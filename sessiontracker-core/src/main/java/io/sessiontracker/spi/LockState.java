package io.sessiontracker.spi;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A lock as the service sees it at one moment, for somebody who looks on.
 *
 * @param holder the {@link HeldLock#id} of the acquisition that holds it; null if nobody does
 * @param leaseLeft how long until it frees itself, unless it is extended or renewed; null if nobody holds it, or if it is held
 *     for as long as its process lives
 */
public record LockState(@Nullable String holder, @Nullable Duration leaseLeft) {

    /** Nobody holds it. */
    public static final LockState FREE = new LockState(null, null);
}
