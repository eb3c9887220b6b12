package io.sessiontracker.spi;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Marks what a changing call stored, so that the same call, sent again because its reply was lost, is recognised.
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

    /** Whether what that token marks was stored by this attempt or by an earlier one of the same operation. */
    public boolean repeats(OperationToken stored) {
        return operation == stored.operation && stored.attempt <= attempt;
    }
}
