package io.sessiontracker.spi;

import java.time.Duration;

import io.sessiontracker.LockStatus;
import io.sessiontracker.SessionError;
import org.jspecify.annotations.Nullable;

/**
 * Is told what a tracker does, to count it, time it and watch over it; never of a session's state. Called by the threads that do
 * the work, drivers' among them: what it does must be quick, must not wait, and must not throw.
 *
 * <p>Types are session types' names. Every method does nothing unless an implementation says otherwise.
 */
public interface SessionInstrumentation {

    /** Does nothing. */
    SessionInstrumentation NONE = new SessionInstrumentation() {};

    /**
     * A caller wants something done; called in its thread.
     *
     * @param operation the method's name: of {@link io.sessiontracker.SessionTracker}, or of {@link
     *     io.sessiontracker.SessionQuery}
     * @param key the session's key; null where it is about many sessions. There are too many of them for a metric
     */
    default Operation begin(String operation, String type, @Nullable String key) {
        return Operation.IGNORED;
    }

    /**
     * The lock service answered.
     *
     * @param wait how long that took, with the time that another one held it
     * @param status {@link LockStatus#ACQUIRED}; {@link LockStatus#UNLOCKED} if it was not taken because there is no session;
     *     else why it was refused
     */
    default void lockAnswered(String type, Duration wait, LockStatus status) {}

    /** The lock service could not be reached or answered an error. */
    default void lockFailed(String type, Throwable failure) {}

    /** Whoever held a lock gave it back, or found that it was lost. */
    default void lockEnded(String type, Duration held) {}

    /** A write was refused, because somebody else wrote meanwhile; also one that is tried again. */
    default void conflict(String type) {}

    /** A session was told as expired, and its listeners took it. */
    default void expirationDelivered(String type) {}

    /** A session was claimed that had been claimed before and not told: its process died, or a listener threw. */
    default void expirationRedelivered(String type) {}

    /**
     * A type was swept.
     *
     * @param failure why it was not; null if it was
     */
    default void swept(String type, @Nullable Throwable failure) {}

    /** The background sweep went through all types, and rests. */
    default void sweepCompleted() {}

    /** An operation that has begun. Each method is called once. */
    interface Operation {

        /** Does nothing. */
        Operation IGNORED = new Operation() {
            @Override
            public void sent() {}

            @Override
            public void ended(@Nullable SessionError error, @Nullable Throwable failure) {}
        };

        /** The caller's thread has done its part; called in that thread. The answer may be there by then. */
        void sent();

        /**
         * The answer is there; called after {@link #sent}.
         *
         * @param error why nothing was done; null if it was
         * @param failure what went wrong; null if nothing did
         */
        void ended(@Nullable SessionError error, @Nullable Throwable failure);
    }
}
