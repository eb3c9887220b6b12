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

import io.sessiontracker.SessionResult;
import org.jspecify.annotations.Nullable;

/** Where the application's code runs when nobody waits: never on a driver's I/O thread, which it could block. */
record Workers(Executor executor) implements Handover {

    private static final int IDLE_SECONDS = 10;

    /** As many as there are processors, as daemon threads that end when there is nothing to do. */
    static Workers ofTheirOwn() {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "session-tracker-worker-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return new Workers(pool);
    }

    @Override
    public <R> CompletionStage<R> take(Object subject, CompletionStage<R> reply) {
        return reply.thenApplyAsync(Function.identity(), executor);
    }

    /** What a caller gets: cancelling it cancels nothing, and what it fails with is what was thrown. */
    <T extends @Nullable Object> CompletableFuture<T> answer(CompletionStage<T> stage) {
        return Stages.answer(stage.thenApplyAsync(Function.identity(), executor));
    }

    /**
     * What a caller gets who asked for a lock. If he cancels it, the request is withdrawn, and what comes all the same is given
     * back.
     *
     * @param next what follows the reply, in a worker
     */
    <R, T> CompletableFuture<SessionResult<T>> answer(
            CompletableFuture<SessionResult<R>> asked,
            Function<SessionResult<R>, CompletionStage<SessionResult<T>>> next,
            Consumer<T> giveBack) {
        CompletableFuture<SessionResult<T>> answer = new CompletableFuture<>();
        var unusedCancellation = answer.whenComplete((given, failure) -> {
            if (answer.isCancelled()) {
                asked.cancel(true);
            }
        });
        var unusedAnswer = asked.thenComposeAsync(next, executor).whenComplete((result, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(Stages.cause(failure));
            } else if (!answer.complete(result)) {
                result.ifSuccess(giveBack);
            }
        });
        return answer;
    }
}
