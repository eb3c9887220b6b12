package io.sessiontracker.encryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import io.sessiontracker.spi.BlindIndex;
import io.sessiontracker.spi.SessionAddress;
import org.jspecify.annotations.Nullable;

/**
 * Stores a property as 128 bits of the HMAC-SHA256 of its type, name and value, and beside it the value as {@link EncryptedPayload} has it. The
 * key of the hash is derived from the encryption key, by HKDF-Expand (<a href="https://www.rfc-editor.org/rfc/rfc5869">RFC 5869</a>),
 * so that no key serves two purposes.
 */
record HashedProperties(SessionCipher cipher) implements BlindIndex {

    private static final String HMAC = "HmacSHA256";
    private static final int HASH_BYTES = 16;
    /** The purpose, and the number of the only block. */
    private static final byte[] PURPOSE = "sessiontracker blind index\1".getBytes(StandardCharsets.US_ASCII);

    @Override
    public Map<String, String> hide(SessionAddress address, Map<String, String> properties, Set<String> names) {
        Map<String, String> stored = new HashMap<>(properties);
        for (String name : names) {
            String value = properties.get(name);
            if (value != null) {
                SessionCipher.Part part = new SessionCipher.Part(address, name);
                cipher.activeKey(part).ifPresent(key -> {
                    byte[] encrypted = cipher.encrypt(part, key, value.getBytes(StandardCharsets.UTF_8), false);
                    stored.put(name, hash(key, address.type(), name, value));
                    stored.put(ENCRYPTED + name, Base64.getEncoder().encodeToString(encrypted));
                });
            }
        }
        return stored;
    }

    @Override
    public Map<String, String> reveal(SessionAddress address, Map<String, String> stored, Set<String> names) {
        Map<String, String> revealed = new HashMap<>();
        stored.forEach((name, value) -> {
            if (name.startsWith(ENCRYPTED)) {
                String property = name.substring(ENCRYPTED.length());
                revealed.put(property, decrypt(address, property, value, stored.get(property)));
            } else if (!stored.containsKey(ENCRYPTED + name)) {
                if (names.contains(name) && !cipher.acceptPlain()) {
                    throw new SessionCipher.Part(address, name).plain();
                }
                revealed.put(name, value);
            }
        });
        return revealed;
    }

    private String decrypt(SessionAddress address, String property, String encrypted, @Nullable String hash) {
        SessionCipher.Part part = new SessionCipher.Part(address, property);
        EncryptedPayload payload = cipher.parse(part, decode(part, encrypted));
        String value = new String(cipher.decrypt(part, payload), StandardCharsets.UTF_8);
        if (!hash(cipher.key(part, payload), address.type(), property, value).equals(hash)) {
            throw part.failure("is not the one that queries find: its hash was changed", null);
        }
        return value;
    }

    private static byte[] decode(SessionCipher.Part part, String encrypted) {
        try {
            return Base64.getDecoder().decode(encrypted);
        } catch (IllegalArgumentException changed) {
            throw part.failure("cannot be decrypted: it is not Base64", changed);
        }
    }

    @Override
    public Set<String> storedValues(String type, String property, String value) {
        Set<String> stored = new HashSet<>();
        for (EncryptionKey key : cipher.keys().keys()) {
            stored.add(hash(key, type, property, value));
        }
        if (cipher.acceptPlain()) {
            stored.add(value);
        }
        return stored;
    }

    /** @throws IllegalStateException if the key does not reveal its bytes */
    private static String hash(EncryptionKey key, String type, String property, String value) {
        try {
            SecretKey derived = new SecretKeySpec(hmac(key.key(), PURPOSE), HMAC);
            // Neither types nor names have blanks, so no two of these texts are the same.
            byte[] hashed = hmac(derived, (type + " " + property + " " + value).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(hashed, HASH_BYTES));
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException(
                    "The encryption key \"%s\" cannot make the hash of a blind-indexed property: %s"
                            .formatted(key.id(), unusable.getMessage()),
                    unusable);
        }
    }

    private static byte[] hmac(SecretKey key, byte[] bytes) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(key);
        return mac.doFinal(bytes);
    }
}
