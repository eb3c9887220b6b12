package io.sessiontracker.contract;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.sessiontracker.spi.StoreReply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Reads until a session is gone, and keeps between which moments of the store's clock that was. What it asserts is true on
 * a slow machine too: it only sees less.
 */
record Probe(long lastSeenAfter, long goneBefore) {

    static final Duration MAX_WAIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(10);

    static Probe untilGone(LongSupplier clock, Supplier<StoreReply> read) {
        long[] seen = {0, 0};
        await().atMost(MAX_WAIT).pollDelay(Duration.ZERO).pollInterval(PAUSE).until(() -> {
            long before = clock.getAsLong();
            if (read.get() instanceof StoreReply.Done) {
                seen[0] = before;
                return false;
            }
            seen[1] = clock.getAsLong();
            return true;
        });
        return new Probe(seen[0], seen[1]);
    }

    /** It was not seen after the latest deadline it can have had, nor gone before the earliest. */
    void assertDeadlineWithin(long earliest, long latest) {
        assertThat(lastSeenAfter).as("was still there").isLessThanOrEqualTo(latest);
        assertThat(goneBefore).as("was gone").isGreaterThanOrEqualTo(earliest);
    }

    void assertDeadline(long deadline) {
        assertDeadlineWithin(deadline, deadline);
    }
}
