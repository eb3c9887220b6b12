package io.sessiontracker.redis;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/** Which acquisition a lock belongs to: eight random bytes for this process, and a number; no two are ever the same. */
final class OwnerIds {

    private final long process = new SecureRandom().nextLong();
    private final AtomicLong count = new AtomicLong();

    /** 22 characters of base64url: the scripts count on one length. */
    String next() {
        byte[] id = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(process)
                .putLong(count.incrementAndGet())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }
}
