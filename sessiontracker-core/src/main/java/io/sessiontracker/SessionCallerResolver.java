package io.sessiontracker;

import java.util.Optional;

/** Finds out who calls the tracker; asked for session types that have an owner only. */
@FunctionalInterface
public interface SessionCallerResolver {

    /**
     * Returns the caller; empty if there is none, who then owns no session. Called in the thread that calls the tracker, and for a
     * stream in the one that reads it. On the async and reactive APIs it should not block.
     */
    Optional<SessionCaller> resolve();
}
