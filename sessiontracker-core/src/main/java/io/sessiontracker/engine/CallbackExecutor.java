package io.sessiontracker.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.sessiontracker.SessionResult;
import org.jspecify.annotations.Nullable;

/** Runs the application's code for callers that do not wait: never on a driver's I/O thread, which that code could block. */
record CallbackExecutor(Executor executor) implements ReplyDispatcher {

    private static final int IDLE_SECONDS = 10;
    /** Complete once all stages that follow a reply are in place, while this thread asks for an operation. */
    private static final ThreadLocal<@Nullable CompletableFuture<@Nullable Void>> IN_PLACE = new ThreadLocal<>();

    /** Creates one with as many daemon threads as there are processors, which end when there is nothing to do. */
    static CallbackExecutor withOwnThreads() {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "sessiontracker-worker-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return new CallbackExecutor(pool);
    }

    /**
     * Begins an operation in the caller's thread, in which the session is encoded. Nothing that follows runs there: until all stages
     * are in place the replies are held back.
     *
     * @return an independent future: it fails with the exception itself, and cancelling it does not cancel the operation
     */
    <T extends @Nullable Object> CompletableFuture<T> ask(Supplier<CompletionStage<T>> operation) {
        CompletableFuture<@Nullable Void> outer = IN_PLACE.get();
        CompletableFuture<@Nullable Void> inPlace = new CompletableFuture<>();
        IN_PLACE.set(inPlace);
        try {
            return Futures.answer(operation.get());
        } finally {
            if (outer == null) {
                IN_PLACE.remove();
            } else {
                IN_PLACE.set(outer);
            }
            inPlace.complete(null);
        }
    }

    /** Begins an operation as {@link #ask} does; cancelling the returned future cancels the operation as well. */
    <T extends @Nullable Object> CompletableFuture<T> askCancellable(Supplier<CompletionStage<T>> operation) {
        CompletableFuture<T> asked = operation.get().toCompletableFuture();
        CompletableFuture<T> answer = Futures.answer(asked);
        var unused = answer.whenComplete((given, failure) -> {
            if (answer.isCancelled()) {
                asked.cancel(true);
            }
        });
        return answer;
    }

    @Override
    public <R> CompletionStage<R> dispatch(Object subject, CompletionStage<R> reply) {
        CompletableFuture<@Nullable Void> inPlace = IN_PLACE.get();
        return onWorker(inPlace == null ? reply : inPlace.thenCompose(nothing -> reply));
    }

    /** Returns the same stage, completed by a worker, also where it failed. */
    private <R extends @Nullable Object> CompletionStage<R> onWorker(CompletionStage<R> stage) {
        return stage.whenCompleteAsync((value, failure) -> {}, executor);
    }

    /** Returns an independent future for a request about a lock that the caller holds. */
    <T extends @Nullable Object> CompletableFuture<T> answer(CompletionStage<T> stage) {
        return Futures.answer(onWorker(stage));
    }

    /**
     * Returns the future for a caller that requested a lock. If the caller cancels or completes it, as by a time-out, the request is
     * withdrawn, and a lock that is granted all the same is released; so is a lock that the caller cannot get, as when no worker takes
     * the task.
     *
     * @param next follows the reply, in a worker
     * @param release may be called for a lock that was released already
     */
    <R, T> CompletableFuture<SessionResult<T>> answer(
            CompletableFuture<SessionResult<R>> asked,
            Function<SessionResult<R>, CompletionStage<SessionResult<T>>> next,
            Consumer<R> release) {
        CompletableFuture<SessionResult<T>> answer = new CompletableFuture<>();
        var unusedWithdrawal = answer.whenComplete((given, failure) -> asked.cancel(true));
        var unusedAnswer = asked.handleAsync(
                        (reply, failure) -> failure == null
                                ? next.apply(reply)
                                : CompletableFuture.<SessionResult<T>>failedStage(failure),
                        executor)
                .thenCompose(Function.identity())
                .whenComplete((result, failure) -> {
                    if (failure != null || !answer.complete(result)) {
                        var unusedRelease = asked.thenAccept(reply -> reply.ifSuccess(release));
                    }
                    if (failure != null) {
                        answer.completeExceptionally(Futures.cause(failure));
                    }
                });
        return answer;
    }
}
