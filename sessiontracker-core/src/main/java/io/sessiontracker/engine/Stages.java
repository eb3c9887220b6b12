package io.sessiontracker.engine;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import io.sessiontracker.SessionTrackerException;
import org.jspecify.annotations.Nullable;

/** Waiting for stages, and looking behind the wrapping that composing them puts around an exception. */
final class Stages {

    private Stages() {}

    /**
     * The stage's value. If the thread is interrupted the stage is cancelled, which withdraws a request that waits, and the
     * thread stays interrupted.
     */
    static <T extends @Nullable Object> T join(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new SessionTrackerException("Interrupted while waiting for the answer", interrupted);
        } catch (CancellationException cancelled) {
            throw new SessionTrackerException("The request was cancelled", cancelled);
        } catch (ExecutionException failed) {
            throw unchecked(failed);
        }
    }

    /** What made a stage fail, without the wrapping. */
    static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
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
