package io.sessiontracker.redisson;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.redisson.config.MasterSlaveServersConfig;

/**
 * How long a call may take, by the JDK's clock. Redisson's time-outs add up over connecting, attempts and pauses; and its
 * timer stops with its client, after which what it times never ends.
 */
record CallTimeout(long millis) {

    /** As long as Redisson itself may take, connecting included. */
    static CallTimeout of(MasterSlaveServersConfig config) {
        long millis = config.getConnectTimeout() + (long) config.getTimeout();
        for (int attempt = 1; attempt <= config.getRetryAttempts(); attempt++) {
            millis += config.getTimeout()
                    + config.getRetryDelay().calcDelay(attempt).toMillis();
        }
        return new CallTimeout(millis);
    }

    /** The same outcome, or a {@link TimeoutException}; what was asked for goes on either way. */
    <T> CompletionStage<T> limit(CompletionStage<T> stage) {
        CompletableFuture<T> limited = stage.toCompletableFuture().copy();
        giveUp(limited, 0, () -> limited.completeExceptionally(exceeded()));
        return limited;
    }

    /** Runs the action in a pool's thread unless the future is complete after that wait and a call's time. */
    void giveUp(CompletableFuture<?> future, long waitMillis, Runnable action) {
        if (future.isDone()) {
            return;
        }
        CompletableFuture<Boolean> over =
                new CompletableFuture<Boolean>().completeOnTimeout(true, waitMillis + millis, TimeUnit.MILLISECONDS);
        var unused = over.thenRunAsync(action);
        var unusedToo = future.whenComplete((result, failure) -> over.cancel(false));
    }

    TimeoutException exceeded() {
        return new TimeoutException("no answer within " + millis + " ms");
    }
}
