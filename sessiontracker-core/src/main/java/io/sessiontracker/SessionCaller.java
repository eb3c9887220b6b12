package io.sessiontracker;

import java.util.Objects;
import java.util.Set;

/**
 * Who calls the tracker, for session types that have an owner.
 *
 * @param name what the owner property of the caller's own sessions is
 * @param authorities what the caller may do besides, such as {@code ROLE_SUPPORT}
 */
public record SessionCaller(String name, Set<String> authorities) {

    /** Copies the set. */
    public SessionCaller {
        Objects.requireNonNull(name, "name");
        authorities = Set.copyOf(authorities);
    }

    /** Creates a caller without authorities. */
    public SessionCaller(String name) {
        this(name, Set.of());
    }
}
