package io.sessiontracker.contract;

import java.util.function.LongPredicate;

import static org.assertj.core.api.Assertions.fail;

/** Tests that must act before a deadline, on machines that may be slow. */
public final class RetryWithLongerTtl {

    private static final int TRIES = 6;

    private RetryWithLongerTtl() {}

    /**
     * Tries with a deadline after the given time, and each time twice as much, until an attempt was in time.
     *
     * @param attempt returns false, before it has asserted anything, if it was too late
     */
    public static void retry(long millis, LongPredicate attempt) {
        long next = millis;
        for (int i = 0; i < TRIES; i++) {
            if (attempt.test(next)) {
                return;
            }
            next *= 2;
        }
        fail("It was due too soon, also with %d ms to live", next / 2);
    }
}
