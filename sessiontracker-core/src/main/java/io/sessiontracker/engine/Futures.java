package io.sessiontracker.engine;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import io.sessiontracker.SessionTrackerException;
import org.jspecify.annotations.Nullable;

/** Waits for stages, and unwraps the exceptions that composing them wraps. */
final class Futures {

    private Futures() {}

    /**
     * Waits for the stage's value. If the thread is interrupted the stage is cancelled, which withdraws a request that waits,
     * and the thread stays interrupted. A value that was there before the cancellation is returned all the same: it may be a
     * lock, which would never be released otherwise.
     */
    static <T extends @Nullable Object> T join(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            if (future.cancel(true)) {
                throw interrupted(interrupted);
            }
            return joinInterrupted(future);
        } catch (CancellationException cancelled) {
            throw new SessionTrackerException("The request was cancelled", cancelled);
        } catch (ExecutionException failed) {
            throw unchecked(failed);
        }
    }

    private static <T extends @Nullable Object> T joinInterrupted(CompletableFuture<T> complete) {
        try {
            return join(complete);
        } finally {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns an independent future: it fails with the exception itself, and cancelling it does not cancel the operation. */
    static <T extends @Nullable Object> CompletableFuture<T> answer(CompletionStage<T> stage) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        var unused = stage.whenComplete((value, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(cause(failure));
            } else {
                answer.complete(value);
            }
        });
        return answer;
    }

    /** Returns the exception for an interrupted wait, and leaves the thread interrupted. */
    static SessionTrackerException interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new SessionTrackerException("Interrupted while waiting for the answer", interrupted);
    }

    /** Returns the exception that made a stage fail, unwrapped. */
    static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof ThrownByApplication && cause.getCause() != null ? cause.getCause() : cause;
    }

    /** Calls the application's code within a stage, so that a {@link CompletionException} which it throws is not unwrapped. */
    static <T extends @Nullable Object> T application(Supplier<T> code) {
        try {
            return code.get();
        } catch (CompletionException thrown) {
            throw new ThrownByApplication(thrown);
        }
    }

    private static final class ThrownByApplication extends RuntimeException {
        ThrownByApplication(CompletionException thrown) {
            super(null, thrown, false, false);
        }
    }

    private static RuntimeException unchecked(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException exception
                ? exception
                : new SessionTrackerException("A provider failed in a way it should not", cause);
    }
}
