package io.sessiontracker.contract;

import java.util.function.LongPredicate;

import static org.assertj.core.api.Assertions.fail;

/** What has to be done before a deadline, on machines that may be slow. */
final class RetryWithLongerTtl {

    private static final int TRIES = 6;

    private RetryWithLongerTtl() {}

    /**
     * Tries with sessions that live so many milliseconds, and each time twice as long, until one was not too slow.
     *
     * @param attempt answers false, before it has asserted anything, if something was due too soon
     */
    static void retry(long millis, LongPredicate attempt) {
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
