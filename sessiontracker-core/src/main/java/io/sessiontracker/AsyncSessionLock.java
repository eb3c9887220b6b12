package io.sessiontracker;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;

/** A lock that was acquired, as {@link SessionLock} is, for callers that do not wait. */
@CheckReturnValue
public interface AsyncSessionLock {

    /** As {@link SessionLock#resource}. */
    String resource();

    /** As {@link SessionLock#id}. */
    String id();

    /** As {@link SessionLock#expiresAt}. */
    Instant expiresAt();

    /** As {@link SessionLock#isAcquired}. */
    boolean isAcquired();

    /** As {@link SessionLock#status}. */
    LockStatus status();

    /**
     * As {@link SessionLock#extend}.
     *
     * @throws IllegalArgumentException if the lease is not positive
     */
    CompletableFuture<Boolean> extend(Duration lease);

    /**
     * Frees the lock, as {@link SessionLock#close} does; never fails.
     *
     * @return complete once whatever this process asks afterwards finds the lock free
     */
    @CanIgnoreReturnValue
    CompletableFuture<Void> release();
}
