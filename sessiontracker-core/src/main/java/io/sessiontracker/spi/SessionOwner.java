package io.sessiontracker.spi;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Whose sessions a call is about.
 *
 * @param property the name of the property by which a session has its owner
 * @param name the owner; null for a caller without a name, to whom no session belongs
 */
public record SessionOwner(String property, @Nullable String name) {

    /** Returns whether a session with these properties is this owner's. */
    public boolean owns(Map<String, String> properties) {
        return name != null && name.equals(properties.get(property));
    }
}
