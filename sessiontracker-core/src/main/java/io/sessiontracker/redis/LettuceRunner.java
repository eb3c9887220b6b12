package io.sessiontracker.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.netty.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Sends over the connection that the application's factory shares, and waits for nothing: stages complete on Lettuce's
 * threads. What is sent one after the other for keys of one slot is carried out in that order while that slot stays at its
 * server. A command that is not answered within the factory's command time-out is withdrawn, and fails.
 */
final class LettuceRunner implements OperationRunner {

    private final LettuceConnectionFactory connections;

    LettuceRunner(LettuceConnectionFactory connections) {
        this.connections = connections;
    }

    /** The factory as this class needs it. */
    static LettuceConnectionFactory require(RedisConnectionFactory connections) {
        if (!(connections instanceof LettuceConnectionFactory lettuce)) {
            throw new IllegalArgumentException("Not a LettuceConnectionFactory but a "
                    + connections.getClass().getName() + ". Locks in Redis need Lettuce as the driver");
        }
        if (!lettuce.getShareNativeConnection()) {
            throw new IllegalArgumentException(
                    "The LettuceConnectionFactory does not share its native connection. Locks in"
                            + " Redis need that: leave its shareNativeConnection true");
        }
        return lettuce;
    }

    @Override
    public <R> CompletionStage<R> run(RedisOperation<R> operation) {
        try {
            // Closing what only stands for the shared connection does not close that.
            try (RedisConnection connection = connections.getConnection()) {
                Call<R> call = new Call<>(operation, ((LettuceConnection) connection).getNativeConnection());
                call.start();
                return call.answer;
            }
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(operation.failure(e));
        }
    }

    Duration commandTimeout() {
        return Duration.ofMillis(connections.getTimeout());
    }

    private final class Call<R> {

        private final RedisOperation<R> operation;
        private final RedisClusterAsyncCommands<byte[], byte[]> commands;
        private final byte[][] keys;
        private final byte[][] arguments;
        private final CompletableFuture<R> answer = new CompletableFuture<>();
        private volatile @Nullable RedisFuture<List<Object>> sent;

        Call(RedisOperation<R> operation, RedisClusterAsyncCommands<byte[], byte[]> commands) {
            this.operation = operation;
            this.commands = commands;
            this.keys = operation.keys().toArray(byte[][]::new);
            this.arguments = operation.arguments().toArray(byte[][]::new);
        }

        void start() {
            long millis = connections.getTimeout();
            Timeout timeout = millis <= 0
                    ? null
                    : connections
                            .getRequiredNativeClient()
                            .getResources()
                            .timer()
                            .newTimeout(t -> giveUp(millis), millis, TimeUnit.MILLISECONDS);
            send(commands.evalsha(operation.script().sha1(), ScriptOutputType.MULTI, keys, arguments), true);
            if (timeout != null) {
                var unused = answer.whenComplete((result, failure) -> timeout.cancel());
            }
        }

        private void send(RedisFuture<List<Object>> command, boolean byDigest) {
            sent = command;
            command.whenComplete((reply, failure) -> {
                if (failure instanceof RedisNoScriptException && byDigest) {
                    send(commands.eval(operation.script().text(), ScriptOutputType.MULTI, keys, arguments), false);
                } else if (failure != null) {
                    answer.completeExceptionally(operation.failure(failure));
                } else {
                    decode(reply);
                }
            });
        }

        private void decode(List<Object> reply) {
            try {
                answer.complete(operation.decoder().apply(reply));
            } catch (RuntimeException e) {
                answer.completeExceptionally(operation.failure(e));
            }
        }

        private void giveUp(long millis) {
            RedisFuture<List<Object>> unanswered = sent;
            boolean late = answer.completeExceptionally(
                    operation.failure(new RedisCommandTimeoutException("No reply within " + millis + " ms")));
            if (late && unanswered != null) {
                unanswered.cancel(true);
            }
        }
    }
}
