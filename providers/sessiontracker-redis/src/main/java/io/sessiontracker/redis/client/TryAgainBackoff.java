package io.sessiontracker.redis.client;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The delays of one call that a Cluster refuses with {@code TRYAGAIN}. While a slot is being moved, its nodes refuse scripts on
 * its keys without running them; such a call is retried for about a second.
 */
final class TryAgainBackoff {

    private static final String REFUSAL = "TRYAGAIN";
    private static final long FIRST_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(8);
    private static final int RETRIES = 7; // each after twice the delay of the one before

    private int retries;

    /** Returns whether a server's error message is that refusal. */
    static boolean isRefusal(@Nullable String message) {
        return message != null && message.startsWith(REFUSAL);
    }

    boolean isOver() {
        return retries == RETRIES;
    }

    /** Returns the delay before the next retry. */
    long nextDelayNanos() {
        return FIRST_DELAY_NANOS << retries++;
    }
}
