package io.sessiontracker.redis.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.lettuce.core.RedisCommandTimeoutException;
import io.netty.util.Timeout;
import io.sessiontracker.redis.script.ScriptCall;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * Queues calls while the connection is being made, and sends them in their order when it is open. Each is bounded by one command
 * time-out for both the connection and the reply; a call that was not sent by then never is, and fails with a {@link RedisConnectionFailureException} as its cause.
 */
final class AwaitedConnection implements ScriptRunner {

    private final LettuceRunner runner;
    private final Queue<Waiting<?>> waiting = new ArrayDeque<>();
    private final CompletableFuture<ScriptRunner> attempt = new CompletableFuture<>();
    private @Nullable ScriptRunner outcome;

    AwaitedConnection(LettuceRunner runner) {
        this.runner = runner;
    }

    @Override
    public <R> CompletionStage<R> run(ScriptCall<R> operation) {
        Waiting<R> call = new Waiting<>(operation);
        ScriptRunner known = enqueue(call);
        if (known != null) {
            return known.run(operation);
        }
        limit(call);
        return call.answer;
    }

    private synchronized @Nullable ScriptRunner enqueue(Waiting<?> call) {
        if (outcome == null) {
            waiting.add(call);
        }
        return outcome;
    }

    private void limit(Waiting<?> call) {
        try {
            Timeout timeout = runner.later(
                    () -> giveUp(call), runner.settings().connectTimeout().toNanos());
            var unused = call.answer.whenComplete((reply, failure) -> timeout.cancel());
        } catch (RuntimeException e) {
            // The factory was stopped: the attempt to connect fails as well, and with it the queued calls.
        }
    }

    private void giveUp(Waiting<?> call) {
        long millis = runner.settings().connectTimeout().toMillis();
        call.fail(
                withdraw(call)
                        ? new RedisConnectionFailureException(
                                "Not connected within " + millis + " ms; nothing was sent")
                        : new RedisCommandTimeoutException("Command timed out after " + millis + " millisecond(s)"));
    }

    private synchronized boolean withdraw(Waiting<?> call) {
        return waiting.remove(call);
    }

    /** Sends the queued calls; later calls go over the connection directly, but not before earlier ones. */
    void complete(ScriptRunner connected, Runnable sent) {
        for (Waiting<?> next = next(connected, sent); next != null; next = next(connected, sent)) {
            next.run(connected);
        }
        attempt.complete(connected);
    }

    /** Returns the connection, or what fails calls in place of it, once that is known. */
    CompletionStage<ScriptRunner> attempt() {
        return attempt;
    }

    private synchronized @Nullable Waiting<?> next(ScriptRunner connected, Runnable sent) {
        Waiting<?> next = waiting.poll();
        if (next == null) {
            outcome = connected;
            sent.run();
        }
        return next;
    }

    private static final class Waiting<R> {

        private final ScriptCall<R> operation;
        private final CompletableFuture<R> answer = new CompletableFuture<>();

        Waiting(ScriptCall<R> operation) {
            this.operation = operation;
        }

        void run(ScriptRunner connected) {
            var unused = connected.run(operation).whenComplete((reply, failure) -> {
                if (failure != null) {
                    answer.completeExceptionally(failure);
                } else {
                    answer.complete(reply);
                }
            });
        }

        void fail(RuntimeException reason) {
            answer.completeExceptionally(operation.failure(reason));
        }
    }
}
