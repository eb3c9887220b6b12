package io.sessiontracker.engine;

import java.util.Collections;
import java.util.Set;

import io.sessiontracker.SessionCaller;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.spi.SessionOwner;
import org.jspecify.annotations.Nullable;

/**
 * Who owns the sessions of a type: a caller may use its own sessions alone.
 *
 * @param property the name of the property that is the owner's name
 * @param exemptAuthorities the authorities of callers who may use everyone's sessions
 */
public record OwnerSettings(String property, Set<String> exemptAuthorities) {

    /**
     * Checks the name, and copies the set.
     *
     * @throws IllegalArgumentException if no property can have that name
     */
    public OwnerSettings {
        SessionInternals.requirePropertyKey(property);
        exemptAuthorities = Set.copyOf(exemptAuthorities);
    }

    /** Returns whose sessions that caller may use; null for everyone's. */
    @Nullable
    SessionOwner of(@Nullable SessionCaller caller, BlindProperties blind) {
        boolean exempt = caller != null && !Collections.disjoint(caller.authorities(), exemptAuthorities);
        return exempt
                ? null
                : new SessionOwner(property, caller == null ? Set.of() : blind.storedValues(property, caller.name()));
    }
}
