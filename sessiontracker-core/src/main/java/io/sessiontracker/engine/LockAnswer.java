package io.sessiontracker.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

import io.sessiontracker.SessionResult;

/** Makes a caller's answer of a lock service's reply. */
final class LockAnswer {

    private LockAnswer() {}

    /**
     * Returns the answer to a request. If that is cancelled, the request is withdrawn.
     *
     * @param release for a lock that is granted all the same
     */
    static <R, T> CompletableFuture<SessionResult<T>> of(
            CompletionStage<R> stage, Function<R, SessionResult<T>> result, Consumer<T> release) {
        CompletableFuture<R> asked = stage.toCompletableFuture();
        CompletableFuture<SessionResult<T>> answer = new CompletableFuture<>();
        // Whatever ended the answer, also a time-out of the caller's own: no caller waits for the lock any more.
        var unusedWithdrawal = answer.whenComplete((given, failure) -> asked.cancel(true));
        // The provider's own stage: of some stages the future is a copy, whose cancellation would hide the lock.
        var unusedAnswer = stage.whenComplete((reply, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(Futures.cause(failure));
            } else {
                settle(answer, reply, result, release);
            }
        });
        return answer;
    }

    private static <R, T> void settle(
            CompletableFuture<SessionResult<T>> answer,
            R reply,
            Function<R, SessionResult<T>> result,
            Consumer<T> release) {
        try {
            SessionResult<T> outcome = result.apply(reply);
            if (!answer.complete(outcome)) {
                outcome.ifSuccess(release);
            }
        } catch (RuntimeException | Error unexpected) {
            // Rethrown, it would be lost, and the caller would wait for ever.
            answer.completeExceptionally(unexpected);
        }
    }
}
