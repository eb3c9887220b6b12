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

/** Where the application's code runs when nobody waits: never on a driver's I/O thread, which it could block. */
record CallbackExecutor(Executor executor) implements ReplyDispatcher {

    private static final int IDLE_SECONDS = 10;
    /** Complete once what follows a reply is in place, while an operation is asked for in this thread. */
    private static final ThreadLocal<@Nullable CompletableFuture<@Nullable Void>> IN_PLACE = new ThreadLocal<>();

    /** As many as there are processors, as daemon threads that end when there is nothing to do. */
    static CallbackExecutor ofTheirOwn() {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "session-tracker-worker-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return new CallbackExecutor(pool);
    }

    /**
     * Asks in the caller's thread, which the session is written in. Nothing that follows runs there: until all of that is in
     * place the replies are held back.
     *
     * @return what a caller gets: it fails with what was thrown, and cancelling it cancels nothing
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

    /** As {@link #ask}, but cancelling the answer cancels the operation, too. */
    <T extends @Nullable Object> CompletableFuture<T> askToBeCancelled(Supplier<CompletionStage<T>> operation) {
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
    public <R> CompletionStage<R> take(Object subject, CompletionStage<R> reply) {
        CompletableFuture<@Nullable Void> inPlace = IN_PLACE.get();
        return onWorker(inPlace == null ? reply : inPlace.thenCompose(nothing -> reply));
    }

    /** The same, completed by a worker, also where it failed. */
    private <R extends @Nullable Object> CompletionStage<R> onWorker(CompletionStage<R> stage) {
        return stage.whenCompleteAsync((value, failure) -> {}, executor);
    }

    /** What a caller gets who asked something of a lock that he has. */
    <T extends @Nullable Object> CompletableFuture<T> answer(CompletionStage<T> stage) {
        return Futures.answer(onWorker(stage));
    }

    /**
     * What a caller gets who asked for a lock. If he cancels or completes it, as by a time-out, the request is withdrawn, and
     * what comes all the same is given back; so is what he cannot be told of, as when no worker takes the task.
     *
     * @param next what follows the reply, in a worker
     * @param giveBack may be called for what was given back already
     */
    <R, T> CompletableFuture<SessionResult<T>> answer(
            CompletableFuture<SessionResult<R>> asked,
            Function<SessionResult<R>, CompletionStage<SessionResult<T>>> next,
            Consumer<R> giveBack) {
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
                        var unusedRelease = asked.thenAccept(reply -> reply.ifSuccess(giveBack));
                    }
                    if (failure != null) {
                        answer.completeExceptionally(Futures.cause(failure));
                    }
                });
        return answer;
    }
}
