package io.sessiontracker;

/**
 * Decides who may do what with sessions. A tracker that has one asks it for each call of each of its APIs, before anything is sent to
 * the store or the lock service; the sweep, the delivery of expired sessions and reminders, and copies in memory are not asked for.
 */
@FunctionalInterface
public interface SessionAuthorizer {

    /** Allows everything. */
    SessionAuthorizer PERMIT_ALL = access -> {};

    /**
     * Returns if the caller may go on. Called in the caller's thread; for a stream, by the thread that reads it, before each
     * batch. On the async and reactive APIs it should not block.
     *
     * @throws SessionAccessDeniedException if the caller may not; nothing has happened then. The call throws it, and so does one of the
     *     async API; a publisher fails with it
     */
    void authorize(SessionAccess access);
}
