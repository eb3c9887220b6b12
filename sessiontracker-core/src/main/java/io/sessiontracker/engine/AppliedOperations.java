package io.sessiontracker.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

import io.sessiontracker.Session;

/**
 * The last operations that were applied to a session. They are stored with it, as one of its {@link InternalProperties}: in the same
 * step as what they changed.
 *
 * @param hashes those of their ids, one after the other, the oldest first
 */
record AppliedOperations(String hashes) {

    /** How many are remembered. */
    private static final int MAX = 64;

    private static final String PROPERTY = "$operations";
    /** A new id has the hash of one of 64 others once in 10^20 times. Who chooses ids to collide cancels operations of his own. */
    private static final int HASH_BYTES = 9;

    private static final int HASH_CHARACTERS = HASH_BYTES * 4 / 3;

    static AppliedOperations of(Session session) {
        return new AppliedOperations(InternalProperties.get(session, PROPERTY, ""));
    }

    /** Returns what is remembered of an operation's id. */
    static String hash(String operationId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(operationId.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("Every Java platform has SHA-256", never);
        }
    }

    boolean contains(String hash) {
        for (int at = hashes.indexOf(hash); at >= 0; at = hashes.indexOf(hash, at + 1)) {
            if (at % HASH_CHARACTERS == 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns these with one more, and without the oldest where there are too many. */
    AppliedOperations with(String hash) {
        String all = hashes + hash;
        return new AppliedOperations(all.substring(Math.max(0, all.length() - MAX * HASH_CHARACTERS)));
    }

    /** Lets the session be stored with these. */
    void storeWith(Session session) {
        InternalProperties.put(session, PROPERTY, hashes);
    }
}
