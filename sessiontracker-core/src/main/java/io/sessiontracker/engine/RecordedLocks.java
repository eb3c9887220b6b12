package io.sessiontracker.engine;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.sessiontracker.SessionResult;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionInstrumentation;

/** Requests a process's first locks, once it is {@linkplain LockProviderRecord confirmed} that no other lock provider is in use. */
record RecordedLocks(LockProviderRecord record, DispatchingDataProvider store, SessionInstrumentation instrumentation) {

    /**
     * Returns the request's answer. If that is cancelled, the request is withdrawn, or not made.
     *
     * @param release for a lock that is granted all the same
     */
    <T> CompletableFuture<SessionResult<T>> ask(
            SessionAddress address, Supplier<CompletableFuture<SessionResult<T>>> request, Consumer<T> release) {
        CompletableFuture<SessionResult<T>> answer = new CompletableFuture<>();
        var confirming = store.dispatcher().dispatch(address, record.confirm(address, store.direct()));
        var unused = confirming.whenComplete((confirmed, failure) -> {
            if (failure != null) {
                fail(answer, address, Futures.cause(failure));
            } else if (!answer.isDone()) {
                pass(request, answer, release);
            }
        });
        return answer;
    }

    private void fail(CompletableFuture<?> answer, SessionAddress address, Throwable failure) {
        if (answer.completeExceptionally(failure)) {
            instrumentation.lockFailed(address.type(), failure);
        }
    }

    private static <T> void pass(
            Supplier<CompletableFuture<SessionResult<T>>> request,
            CompletableFuture<SessionResult<T>> answer,
            Consumer<T> release) {
        try {
            CompletableFuture<SessionResult<T>> asked = request.get();
            var unusedWithdrawal = answer.whenComplete((given, failure) -> asked.cancel(true));
            var unusedAnswer = asked.whenComplete((result, failure) -> {
                if (failure != null) {
                    answer.completeExceptionally(Futures.cause(failure));
                } else if (!answer.complete(result)) {
                    result.ifSuccess(release);
                }
            });
        } catch (RuntimeException | Error thrown) {
            answer.completeExceptionally(thrown);
        }
    }
}
