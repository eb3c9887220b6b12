package io.sessiontracker.encryption;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Knows the keys by which sessions are encrypted, such as data keys of a key management service. Called at each write and read, by any
 * number of threads: an implementation keeps what it has fetched.
 */
public interface SessionKeyProvider {

    /**
     * Returns the key that encrypts what is written from now on; empty as long as nothing is to be encrypted, which only a codec that
     * {@linkplain EncryptingSessionCodec#acceptingPlain accepts plain states} allows. If the key cannot be had, this throws.
     */
    Optional<EncryptionKey> activeKey();

    /** Returns the key with that id; empty if there is none, or none any more. */
    Optional<EncryptionKey> key(String id);

    /**
     * Returns every key that may have encrypted a stored session: a query for a {@linkplain io.sessiontracker.spi.BlindIndex hidden}
     * value looks for what each of them made of it.
     */
    Collection<EncryptionKey> keys();

    /**
     * Returns a provider of these keys.
     *
     * @param active the id of the one that encrypts; null for none yet
     * @param keys 32 bytes each, by id
     * @throws IllegalArgumentException if a key or an id is not as it must be, or the active one is not among them
     */
    static SessionKeyProvider of(@Nullable String active, Map<String, byte[]> keys) {
        Map<String, EncryptionKey> known = new LinkedHashMap<>();
        keys.forEach((id, bytes) -> known.put(id, new EncryptionKey(id, new SecretKeySpec(bytes, "AES"))));
        EncryptionKey activeKey = active == null ? null : known.get(active);
        if (active != null && activeKey == null) {
            throw new IllegalArgumentException(
                    "The active encryption key is \"%s\"; there are %s".formatted(active, known.keySet()));
        }
        return new SessionKeyProvider() {
            @Override
            public Optional<EncryptionKey> activeKey() {
                return Optional.ofNullable(activeKey);
            }

            @Override
            public Optional<EncryptionKey> key(String id) {
                return Optional.ofNullable(known.get(id));
            }

            @Override
            public Collection<EncryptionKey> keys() {
                return List.copyOf(known.values());
            }
        };
    }
}
