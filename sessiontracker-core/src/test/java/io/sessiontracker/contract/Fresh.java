package io.sessiontracker.contract;

import java.security.SecureRandom;
import java.util.Base64;

/** Names that no other test uses. */
final class Fresh {

    private static final SecureRandom BITS = new SecureRandom();

    private Fresh() {}

    /** An id as the engine makes them: 16 characters of base64url. */
    static String id() {
        byte[] bytes = new byte[12];
        BITS.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    static String key() {
        return "key-" + id();
    }

    static String namespace() {
        return "contract:" + id();
    }
}
