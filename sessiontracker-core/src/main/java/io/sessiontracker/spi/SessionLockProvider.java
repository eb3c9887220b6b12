package io.sessiontracker.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * A lock service. A lock is held by an acquisition, not by a thread or a process: two requests of one thread compete like
 * those of two machines.
 */
public interface SessionLockProvider {

    /**
     * Names the service, for processes to find out whether all of a namespace use the same one; so it is the same in every
     * process that sees these locks. The class's name unless a provider says otherwise.
     */
    default String name() {
        // A lambda's class has another name in every process.
        return getClass().getName().replaceFirst("\\$\\$Lambda.*", "");
    }

    /**
     * Takes the lock, waiting if need be. No fairness is asked for.
     *
     * <p>If the returned future is cancelled, the request is withdrawn; a lock that it gets all the same is released. If it
     * is not known whether the lock was taken, because the reply was lost, the stage completes exceptionally in time, and
     * the lock's release is under way by then; it goes on until it is confirmed or the lease is over.
     *
     * @return {@link LockReply}; exceptionally a {@link io.sessiontracker.SessionStoreException} if the service could not be
     *     reached or answered an error
     */
    CompletionStage<LockReply> acquire(LockRequest request);

    /**
     * Reads who holds a lock, without requesting it: neither holder nor waiters are affected. Empty by default, for a service
     * that does not know.
     *
     * @return exceptionally a {@link io.sessiontracker.SessionStoreException} if the service could not be reached or answered
     *     an error
     */
    default CompletionStage<Optional<LockState>> lockState(SessionAddress address) {
        return CompletableFuture.completedStage(Optional.empty());
    }

    /**
     * Takes locks of this service together with the sessions of that store, if this service can do both in one step. Empty
     * unless a provider says otherwise: then the one is done after the other.
     */
    default Optional<LockingReader> lockingReader(SessionDataProvider store) {
        return Optional.empty();
    }

    /**
     * A lock as the service sees it at one moment.
     *
     * @param holder the {@link HeldLock#id} of the acquisition that holds it; null if the lock is free
     * @param leaseLeft how long until it frees itself, unless it is extended or renewed; null if the lock is free, or held
     *     for as long as its process lives
     */
    record LockState(@Nullable String holder, @Nullable Duration leaseLeft) {

        /** A lock that is not held. */
        public static final LockState FREE = new LockState(null, null);
    }
}
