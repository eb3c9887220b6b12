package io.sessiontracker.memory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs an action later, unless it is cancelled, in which case nothing is kept of it. The JDK's one daemon thread for
 * delays keeps the time; the action runs on a pool's thread, so it delays no other.
 */
final class Delay {

    private Delay() {}

    static Future<?> after(long nanos, Runnable action) {
        CompletableFuture<Boolean> timer =
                new CompletableFuture<Boolean>().completeOnTimeout(true, nanos, TimeUnit.NANOSECONDS);
        // A cancelled timer completes exceptionally, and so runs nothing.
        var unused = timer.thenRunAsync(action);
        return timer;
    }
}
