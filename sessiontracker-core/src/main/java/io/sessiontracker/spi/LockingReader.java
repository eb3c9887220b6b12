package io.sessiontracker.spi;

import java.util.concurrent.CompletionStage;

/** Takes a session's lock and reads the session in one step: what a lock service offers that keeps its locks with the sessions. */
public interface LockingReader {

    /**
     * Does at once what {@link SessionLockProvider#acquire} and then {@link SessionDataProvider#get} with a touch would do. The
     * lock is only taken if there is a session to read, and nothing is touched unless the lock is taken. Waits, is withdrawn
     * and fails as {@link SessionLockProvider#acquire} does.
     */
    CompletionStage<LockingReply> acquireAndGet(LockRequest request);
}
