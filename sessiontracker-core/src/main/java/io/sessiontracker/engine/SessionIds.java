package io.sessiontracker.engine;

import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** Ids that nobody has used: 96 random bits. They tell starts apart and are no secret. */
final class SessionIds {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private SessionIds() {}

    static String next() {
        byte[] bytes = new byte[12];
        ThreadLocalRandom.current().nextBytes(bytes);
        return ENCODER.encodeToString(bytes);
    }
}
