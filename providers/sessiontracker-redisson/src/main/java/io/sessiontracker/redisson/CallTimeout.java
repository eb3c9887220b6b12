package io.sessiontracker.redisson;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.sessiontracker.spi.support.BackgroundTasks;
import org.redisson.config.MasterSlaveServersConfig;

/**
 * The time-out of a call, by the JDK's timer. Redisson's own time-outs add up over connection, attempts and retry delays, and
 * its timer stops with the client: calls would then never end.
 *
 * @param millis how long a call may take
 */
record CallTimeout(long millis) {

    /** Returns the time that Redisson itself may take, connecting included. */
    static CallTimeout of(MasterSlaveServersConfig config) {
        long millis = config.getConnectTimeout() + (long) config.getTimeout();
        for (int attempt = 1; attempt <= config.getRetryAttempts(); attempt++) {
            millis += config.getTimeout()
                    + config.getRetryDelay().calcDelay(attempt).toMillis();
        }
        return new CallTimeout(millis);
    }

    /** Returns the same outcome or a {@link TimeoutException}, which does not stop the operation. */
    <T> CompletionStage<T> limit(CompletionStage<T> stage) {
        CompletableFuture<T> limited = stage.toCompletableFuture().copy();
        onTimeout(limited, 0, () -> limited.completeExceptionally(exceeded()));
        return limited;
    }

    /** Runs the action on a thread of {@link BackgroundTasks} unless the future completes within the wait and a call's time. */
    void onTimeout(CompletableFuture<?> future, long waitMillis, Runnable action) {
        if (future.isDone()) {
            return;
        }
        Future<?> expired = BackgroundTasks.runAfter(waitMillis + millis, TimeUnit.MILLISECONDS, action);
        var unused = future.whenComplete((result, failure) -> expired.cancel(false));
    }

    TimeoutException exceeded() {
        return new TimeoutException("no answer within " + millis + " ms");
    }
}
