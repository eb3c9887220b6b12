package io.sessiontracker.spi;

import java.util.Objects;

import io.sessiontracker.SessionInternals;

/**
 * Which session is meant, within a provider's namespace.
 *
 * @param type the session type's name
 * @param key the application's key, any that {@link io.sessiontracker.Session} admits
 */
public record SessionAddress(String type, String key) {

    /**
     * Checks the key.
     *
     * @throws IllegalArgumentException if the key breaks a rule
     */
    public SessionAddress {
        Objects.requireNonNull(type, "type");
        SessionInternals.requireKey(key);
    }

    /** {@code type/key}. */
    @Override
    public String toString() {
        return type + "/" + key;
    }
}
