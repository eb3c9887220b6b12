package io.sessiontracker.memory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs something later, unless it is cancelled, in which case nothing is kept of it. The JDK's one daemon thread for
 * delays keeps the time; what is run gets a pool's thread, so it holds up no other alarm.
 */
final class Delay {

    private Delay() {}

    static Future<?> after(long nanos, Runnable action) {
        CompletableFuture<Boolean> rings =
                new CompletableFuture<Boolean>().completeOnTimeout(true, nanos, TimeUnit.NANOSECONDS);
        // A cancelled alarm completes exceptionally, and so runs nothing.
        var unused = rings.thenRunAsync(action);
        return rings;
    }
}
