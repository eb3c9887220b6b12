package io.sessiontracker.engine;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.spi.support.BackgroundTasks;

/**
 * Measures how much other processes write to the same key, and how long to back off before the next attempt: a random time of up to a
 * bound that doubles with each refused write and halves with each stored one. So the process that was faster backs off as well while
 * it is not alone; otherwise it would always be the faster one.
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

    /** Returns whether no other writer is known, so that what was stored last is probably still there. */
    boolean isNone() {
        return level == 0;
    }

    /** Runs the task after a pause, on another thread; returns false if no pause is needed. */
    boolean pause(Runnable task) {
        if (level == 0) {
            return false;
        }
        BackgroundTasks.runAfter(
                ThreadLocalRandom.current().nextLong(SHORTEST << (level - 1)), TimeUnit.NANOSECONDS, task);
        return true;
    }
}
