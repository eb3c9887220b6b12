package io.sessiontracker.spi;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Identifies a changing call, so that the same call, sent again because its reply was lost, is recognised.
 *
 * <p>A driver that sends a command again sends the same token. A caller that repeats an operation after a time-out sends
 * the {@linkplain #next() next attempt}: it may replace what an earlier attempt stored, but an earlier attempt that
 * arrives late never replaces a later one.
 *
 * @param operation 40 random bits
 * @param attempt 0 to 255
 */
public record OperationToken(long operation, int attempt) {

    private static final long OPERATIONS = 1L << 40;
    private static final int LAST_ATTEMPT = 255;
    /** What an id has beside the operation. */
    private static final int RANDOM_BYTES = 7;

    /** Checks the ranges. */
    public OperationToken {
        if (operation < 0 || operation >= OPERATIONS || attempt < 0 || attempt > LAST_ATTEMPT) {
            throw new IllegalArgumentException("Not a token: " + operation + "/" + attempt);
        }
    }

    /** The first attempt of a new operation. */
    public static OperationToken random() {
        return new OperationToken(ThreadLocalRandom.current().nextLong(OPERATIONS), 0);
    }

    /** The same operation, tried once more. */
    public OperationToken next() {
        return new OperationToken(operation, Math.min(attempt + 1, LAST_ATTEMPT));
    }

    /**
     * Returns an id for a session that this attempt is to start: the operation's 40 bits and 56 random ones, as 16 characters of
     * base64url. So the sessions that attempts of one start brought are known as such however often they were written since.
     */
    public String newSessionId() {
        long random = ThreadLocalRandom.current().nextLong(1L << (8 * RANDOM_BYTES));
        byte[] id = ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt((int) (operation >>> 8))
                .putLong(operation << (8 * RANDOM_BYTES) | random)
                .array();
        return Base64.getUrlEncoder().encodeToString(id);
    }

    /** Returns whether an attempt of this operation brought the session with that id. */
    public boolean isStartOf(String sessionId) {
        ByteBuffer id = ByteBuffer.wrap(Base64.getUrlDecoder().decode(sessionId));
        return (Integer.toUnsignedLong(id.getInt()) << 8 | id.get() & 0xff) == operation;
    }

    /** Returns whether that token is of this attempt or of an earlier one of the same operation. */
    public boolean repeats(OperationToken stored) {
        return operation == stored.operation && stored.attempt <= attempt;
    }
}
