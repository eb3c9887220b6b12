package io.sessiontracker.spi;

import java.time.Duration;

import io.sessiontracker.LockStatus;
import io.sessiontracker.SessionError;
import org.jspecify.annotations.Nullable;

/**
 * Observes a tracker, to count and time its operations; never sees a session's state. Called by the threads that do the work,
 * drivers' among them: an implementation must be quick, must not wait, and must not throw.
 *
 * <p>Types are session types' names. Every method does nothing unless an implementation says otherwise.
 */
public interface SessionInstrumentation {

    /** Does nothing. */
    SessionInstrumentation NONE = new SessionInstrumentation() {};

    /**
     * Observes the begin of an operation, in the caller's thread.
     *
     * @param operation the method's name: of {@link io.sessiontracker.SessionTracker}, or of {@link
     *     io.sessiontracker.SessionQuery}
     * @param key the session's key; null for an operation on many sessions. There are too many keys for a metric
     */
    default Operation begin(String operation, String type, @Nullable String key) {
        return Operation.IGNORED;
    }

    /**
     * Observes an answer of the lock service.
     *
     * @param wait how long that took, with the time during which another caller held the lock
     * @param status {@link LockStatus#ACQUIRED}; {@link LockStatus#UNLOCKED} if it was not taken because there is no session;
     *     else why it was refused
     */
    default void lockAnswered(String type, Duration wait, LockStatus status) {}

    /** Observes that the lock service could not be reached or answered an error. */
    default void lockFailed(String type, Throwable failure) {}

    /** Observes that a holder released a lock, or found that it was lost. */
    default void lockEnded(String type, Duration held) {}

    /** Observes a write that was refused because another caller wrote meanwhile, also where it is tried again. */
    default void conflict(String type) {}

    /**
     * Observes a read of a session whose type has a near cache.
     *
     * @param hit whether the copy was answered
     */
    default void nearCacheRead(String type, boolean hit) {}

    /** Observes that a change of a session of a type in the near cache's mode {@code local} was announced. */
    default void nearCacheInvalidation(String type) {}

    /**
     * Observes that the store has confirmed that no announcement of a change is missing.
     *
     * @param delay how long that took
     */
    default void nearCacheConfirmed(Duration delay) {}

    /** Observes that an expired session was delivered, and its listeners did not throw. */
    default void expirationDelivered(String type) {}

    /** Observes a session claimed again because it was not acknowledged: its process died, or a listener threw. */
    default void expirationRedelivered(String type) {}

    /** Observes that a reminder was delivered, and its listeners did not throw. */
    default void reminderDelivered(String type) {}

    /** Observes a reminder claimed again because it was not acknowledged. */
    default void reminderRedelivered(String type) {}

    /**
     * Observes the sweep of a type.
     *
     * @param failure why it failed; null if it did not
     */
    default void swept(String type, @Nullable Throwable failure) {}

    /** Observes that the background sweep went through all types. */
    default void sweepCompleted() {}

    /** Observes an operation that has begun. Each method is called once. */
    interface Operation {

        /** Does nothing. */
        Operation IGNORED = new Operation() {
            @Override
            public void sent() {}

            @Override
            public void ended(@Nullable SessionError error, @Nullable Throwable failure) {}
        };

        /** Observes, in the caller's thread, that this thread has done its part. The answer may be there by then. */
        void sent();

        /**
         * Observes the answer; called after {@link #sent}.
         *
         * @param error why nothing was done; null if it was
         * @param failure what went wrong; null if nothing did
         */
        void ended(@Nullable SessionError error, @Nullable Throwable failure);
    }
}
