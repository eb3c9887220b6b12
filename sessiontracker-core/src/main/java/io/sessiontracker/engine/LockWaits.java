package io.sessiontracker.engine;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.sessiontracker.LockStatus;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionInstrumentation;

/** Measures how long requests for locks wait, and how they end. */
record LockWaits(SessionInstrumentation instrumentation) {

    /**
     * Returns the reply itself, whose arrival is recorded. A request that was cancelled is not.
     *
     * @param from the {@link System#nanoTime} before the request was sent
     */
    <R> CompletionStage<R> observed(
            LockRequest request, long from, CompletionStage<R> reply, Function<R, LockStatus> status) {
        if (instrumentation != SessionInstrumentation.NONE) {
            String type = request.address().type();
            var unused = reply.whenComplete((answer, failure) -> {
                if (failure == null) {
                    Duration wait = Duration.ofNanos(System.nanoTime() - from);
                    instrumentation.lockAnswered(type, wait, status.apply(answer));
                } else if (!(Futures.cause(failure) instanceof CancellationException)) {
                    instrumentation.lockFailed(type, Futures.cause(failure));
                }
            });
        }
        return reply;
    }
}
