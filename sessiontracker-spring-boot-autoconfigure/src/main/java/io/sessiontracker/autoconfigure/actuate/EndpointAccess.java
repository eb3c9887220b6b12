package io.sessiontracker.autoconfigure.actuate;

import io.sessiontracker.SessionAccess;
import io.sessiontracker.SessionAccess.Operation;
import io.sessiontracker.SessionAuthorizer;
import org.jspecify.annotations.Nullable;

/** Asks the tracker's authorizer for what the endpoint does. What it does by the tracker, that asks for as well. */
record EndpointAccess(SessionAuthorizer authorizer) {

    private static final String METHOD = "endpoint";

    /**
     * Returns if the caller may use the endpoint, and do something that is not done by the tracker.
     *
     * @param also what that is; null for nothing
     * @throws io.sessiontracker.SessionAccessDeniedException if not
     */
    void require(@Nullable Operation also, String type, @Nullable String key) {
        authorizer.authorize(new SessionAccess(Operation.ADMINISTER, type, key, METHOD));
        if (also != null) {
            authorizer.authorize(new SessionAccess(also, type, key, METHOD));
        }
    }
}
