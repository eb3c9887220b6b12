package io.sessiontracker.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How much other processes write to the same key, and how long to pause before the next try: a random time of up to a bound that
 * doubles with each refused write and halves with each that was stored. So the process that was faster pauses, too, as long as it is
 * not alone; otherwise it would always be the faster one.
 */
final class Contention {

    private static final long SHORTEST = Duration.ofMillis(1).toNanos();
    private static final int MAX_LEVEL = 5;

    private int level;

    void lost() {
        level = Math.min(level + 1, MAX_LEVEL);
    }

    void won() {
        level = Math.max(level - 1, 0);
    }

    /** Whether nobody else is known to write, so that what was stored last is probably still there. */
    boolean isNone() {
        return level == 0;
    }

    /** Runs the task after a pause, on another thread, unless none is needed: then it answers false. */
    boolean pause(Runnable task) {
        if (level == 0) {
            return false;
        }
        CompletableFuture<Void> end = new CompletableFuture<>();
        var unused = end.thenRun(task);
        end.completeOnTimeout(
                null, ThreadLocalRandom.current().nextLong(SHORTEST << (level - 1)), TimeUnit.NANOSECONDS);
        return true;
    }
}
