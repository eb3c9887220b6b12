package io.sessiontracker.spi;

import java.util.Map;
import java.util.Set;

/**
 * Whose sessions a call is about.
 *
 * @param property the name of the property by which a session has its owner
 * @param values the stored values of that property that say it is this owner: the name, or what it may be {@linkplain BlindIndex
 *     hidden} as; none for a caller without a name, to whom no session belongs
 */
public record SessionOwner(String property, Set<String> values) {

    /** Copies the set. */
    public SessionOwner {
        values = Set.copyOf(values);
    }

    /** Returns whether a session with these properties is this owner's. */
    public boolean owns(Map<String, String> properties) {
        String value = properties.get(property);
        return value != null && values.contains(value);
    }
}
