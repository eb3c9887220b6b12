package io.sessiontracker.spi;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.CRC32;

import io.sessiontracker.SessionInternals;

/**
 * Which session is meant, within a provider's namespace.
 *
 * @param type the session type's name
 * @param key the application's key, any that {@link io.sessiontracker.Session} admits
 */
public record SessionAddress(String type, String key) {

    /** How many buckets a type has. A constant of what is stored. */
    public static final int BUCKETS = 256;

    /**
     * Checks the key.
     *
     * @throws IllegalArgumentException if the key breaks a rule
     */
    public SessionAddress {
        Objects.requireNonNull(type, "type");
        SessionInternals.requireKey(key);
    }

    /**
     * Which of its type's 256 buckets the session belongs to: CRC32 of the key's UTF-8 bytes, modulo 256. A constant of
     * what is stored: providers that derive hash slots from it, such as those on Redis, agree without knowing each other.
     */
    public int bucket() {
        CRC32 crc = new CRC32();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % BUCKETS);
    }

    /** {@code type/key}. */
    @Override
    public String toString() {
        return type + "/" + key;
    }
}
