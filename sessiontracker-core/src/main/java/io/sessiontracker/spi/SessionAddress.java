package io.sessiontracker.spi;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;

import io.sessiontracker.SessionInternals;
import org.jspecify.annotations.Nullable;

/**
 * Which session is meant, within a provider's namespace.
 *
 * @param type the session type's name
 * @param key the application's key, any that {@link io.sessiontracker.Session} admits
 * @param owner whose sessions alone are meant; null for everyone's
 */
public record SessionAddress(
        String type, String key, @Nullable SessionOwner owner) {

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

    /** Creates an address of sessions of any owner. */
    public SessionAddress(String type, String key) {
        this(type, key, null);
    }

    /** Returns the same address for the sessions of that owner; null for everyone's. */
    public SessionAddress ownedBy(@Nullable SessionOwner owner) {
        return Objects.equals(owner, this.owner) ? this : new SessionAddress(type, key, owner);
    }

    /** Returns the same address for everyone's sessions. */
    public SessionAddress anyOwners() {
        return ownedBy(null);
    }

    /** Returns whether a session with these properties is meant. */
    public boolean isOf(Map<String, String> properties) {
        return owner == null || owner.owns(properties);
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
