package io.sessiontracker.reactive;

import java.time.Duration;
import java.time.Instant;

import com.google.errorprone.annotations.CheckReturnValue;
import io.sessiontracker.LockStatus;
import io.sessiontracker.SessionLock;
import reactor.core.publisher.Mono;

/** A held lock for Reactor; otherwise like {@link SessionLock}. */
@CheckReturnValue
public interface ReactiveSessionLock {

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
    Mono<Boolean> extend(Duration lease);

    /**
     * Completes when {@link SessionLock#onLost} would run a task; never if the lock is released before. Made for
     * {@code work.takeUntilOther(lock.onLost())}, which cancels the work.
     */
    Mono<Void> onLost();

    /**
     * Releases the lock on subscription, as {@link SessionLock#close} does; never fails.
     *
     * @return complete once whatever this process asks afterwards finds the lock free
     */
    Mono<Void> release();
}
