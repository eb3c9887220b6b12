package io.sessiontracker;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;

/** A held lock for callers that do not block; otherwise like {@link SessionLock}. */
@CheckReturnValue
public interface AsyncSessionLock {

    /** See {@link SessionLock#resource}. */
    String resource();

    /** See {@link SessionLock#id}. */
    String id();

    /**
     * See {@link SessionLock#token}.
     *
     * @throws UnsupportedOperationException if a custom lock provider has no tokens
     */
    long token();

    /** See {@link SessionLock#expiresAt}. */
    Instant expiresAt();

    /** See {@link SessionLock#isAcquired}. */
    boolean isAcquired();

    /** See {@link SessionLock#status}. */
    LockStatus status();

    /**
     * See {@link SessionLock#extend}.
     *
     * @throws IllegalArgumentException if the lease is not positive
     */
    CompletableFuture<Boolean> extend(Duration lease);

    /** See {@link SessionLock#onLost}. */
    void onLost(Runnable task);

    /**
     * Releases the lock like {@link SessionLock#close}. The future never completes exceptionally.
     *
     * @return completes when a later request of this process finds the lock free
     */
    @CanIgnoreReturnValue
    CompletableFuture<Void> release();
}
