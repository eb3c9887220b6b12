package io.sessiontracker.spi.support;

import java.security.SecureRandom;
import java.util.Base64;

/** Generates ids that no other process has used. They tell starts, events and lock holders apart, and are no secret. */
public final class RandomIds {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 12;

    private RandomIds() {}

    /** Returns 96 random bits as 16 characters of the alphabet of base64url. */
    public static String next() {
        byte[] id = new byte[BYTES];
        RANDOM.nextBytes(id);
        return ENCODER.encodeToString(id);
    }
}
