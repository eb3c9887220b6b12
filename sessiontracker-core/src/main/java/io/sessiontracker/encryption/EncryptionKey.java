package io.sessiontracker.encryption;

import java.util.Objects;
import java.util.regex.Pattern;

import javax.crypto.SecretKey;

/**
 * A key for AES-256.
 *
 * @param id stored with each state that the key encrypted: 1 to 32 ASCII letters, digits, '.', '_' and '-'
 * @param key 32 bytes, if it reveals them
 */
public record EncryptionKey(String id, SecretKey key) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,32}");
    private static final int BYTES = 32;

    /**
     * Checks id and length.
     *
     * @throws IllegalArgumentException if one of them is not as it must be; the message does not have the key
     */
    public EncryptionKey {
        Objects.requireNonNull(key, "key");
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "An encryption key's id is 1 to 32 ASCII letters, digits, '.', '_' and '-'; it is \"" + id + "\"");
        }
        byte[] encoded = key.getEncoded();
        if (encoded != null && encoded.length != BYTES) {
            throw new IllegalArgumentException(
                    "The encryption key \"%s\" has %d bytes; AES-256 needs %d".formatted(id, encoded.length, BYTES));
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "EncryptionKey[" + id + "]";
    }
}
