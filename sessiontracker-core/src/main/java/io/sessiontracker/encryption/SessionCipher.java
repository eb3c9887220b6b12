package io.sessiontracker.encryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;

import io.sessiontracker.SessionCodecException;
import io.sessiontracker.spi.SessionAddress;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts parts of sessions by the active key, and decrypts them by the key that each names.
 *
 * @param acceptPlain whether a part may be stored without encryption, and is as long as no key is active
 */
record SessionCipher(SessionKeyProvider keys, boolean acceptPlain) {

    /** What is encrypted of a session, as a message names it: {@code The session …} or a property of it. */
    record Part(SessionAddress address, @Nullable String property) {

        /** What is authenticated with it. Neither names nor types have blanks or slashes, so no two parts are the same. */
        private byte[] bytes() {
            return (property == null ? address.toString() : property + " " + address).getBytes(StandardCharsets.UTF_8);
        }

        SessionCodecException failure(String what, @Nullable Throwable cause) {
            String part = property == null ? "The session " : "The property \"%s\" of the session ".formatted(property);
            return new SessionCodecException(address.type(), address.key(), part + address + " " + what, cause);
        }

        SessionCodecException plain() {
            return failure(
                    "is stored without encryption, which session-tracker.encryption.accept-plain would allow", null);
        }
    }

    /**
     * Returns the key that encrypts; empty if nothing is encrypted yet.
     *
     * @throws SessionCodecException if there has to be one
     */
    Optional<EncryptionKey> activeKey(Part part) {
        Optional<EncryptionKey> key = keys.activeKey();
        if (key.isEmpty() && !acceptPlain) {
            throw part.failure("cannot be encrypted: no key is active", null);
        }
        return key;
    }

    byte[] encrypt(Part part, EncryptionKey key, byte[] plain, boolean compressed) {
        try {
            return EncryptedPayload.encrypt(key, part.bytes(), plain, compressed);
        } catch (GeneralSecurityException failed) {
            throw part.failure("cannot be encrypted: " + failed.getMessage(), failed);
        }
    }

    /** @throws SessionCodecException if the key is not there, or another one, or the bytes are not what it encrypted for this part */
    byte[] decrypt(Part part, EncryptedPayload payload) {
        try {
            return payload.decrypt(key(part, payload), part.bytes());
        } catch (GeneralSecurityException failed) {
            throw part.failure(
                    "cannot be decrypted: its bytes were changed, are those of another session, or the key of that id is another one",
                    failed);
        }
    }

    EncryptionKey key(Part part, EncryptedPayload payload) {
        return keys.key(payload.keyId())
                .orElseThrow(() -> part.failure(
                        "is encrypted by the key \"%s\", which is not there; add it again until no session needs it"
                                .formatted(payload.keyId()),
                        null));
    }

    EncryptedPayload parse(Part part, byte[] stored) {
        try {
            return EncryptedPayload.parse(stored);
        } catch (IllegalArgumentException unknown) {
            throw part.failure("cannot be decrypted: " + unknown.getMessage(), unknown);
        }
    }
}
