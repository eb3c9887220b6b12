package io.sessiontracker.redis.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.sessiontracker.redis.client.ScriptCall.Glance;
import org.jspecify.annotations.Nullable;

/**
 * One operation on its way, and its answer. A script is called by its digest, and its text sent only when the server does not
 * know it. While a Cluster moves a slot, its nodes refuse scripts on it with {@code TRYAGAIN}, without running them; these are
 * sent again for about a second, and no thread waits meanwhile.
 */
final class LettuceCall<R> extends CompletableFuture<R> implements BiConsumer<byte[], Throwable> {

    static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(8);
    static final int PAUSES = 7; // each twice as long as the one before

    private final ScriptCall<R> operation;
    private final LettuceRunner.Connected connection;
    private final byte[][] keys;
    private final byte[][] arguments;
    private final Sendings sendings = new Sendings();
    private boolean byText;
    private int pauses;

    LettuceCall(ScriptCall<R> operation, LettuceRunner.Connected connection) {
        this.operation = operation;
        this.connection = connection;
        this.keys = operation.keys();
        this.arguments = operation.arguments();
    }

    void start() {
        Glance<R> glance = operation.glance();
        if (glance != null && connection.readsFromMaster()) {
            glance(glance);
        } else {
            call();
        }
    }

    /** The script's call without a glance before it, to be sent together with others: in place of {@link #start}. */
    AsyncCommand<byte[], byte[], byte[]> command() {
        AsyncCommand<byte[], byte[], byte[]> command = new AsyncCommand<>(new Command<>(
                CommandType.EVALSHA,
                sendings.output(),
                sendings.arguments(operation.script().sha1(), keys, arguments)));
        limit(command);
        var unused = command.whenComplete(this);
        return command;
    }

    private void glance(Glance<R> glance) {
        try {
            RedisFuture<byte[]> read = connection.commands().get(glance.key());
            limit(read);
            read.whenComplete((value, failure) -> {
                if (failure != null) {
                    fail(failure);
                } else {
                    settle(glance, value);
                }
            });
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void settle(Glance<R> glance, byte @Nullable [] value) {
        try {
            requireMaster();
            R answer = value == null ? null : glance.decoder().apply(value);
            if (answer == null) {
                call();
            } else {
                complete(answer);
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void call() {
        try {
            LuaScript script = operation.script();
            RedisFuture<byte[]> sent = connection
                    .commands()
                    .dispatch(
                            byText ? CommandType.EVAL : CommandType.EVALSHA,
                            sendings.output(),
                            sendings.arguments(byText ? script.text() : script.sha1(), keys, arguments));
            limit(sent);
            sent.whenComplete(this);
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void limit(RedisFuture<?> sent) {
        connection.limit(this, millis -> {
            if (!sent.isDone()) {
                fail(new RedisCommandTimeoutException("Command timed out after " + millis + " millisecond(s)"));
                sent.cancel(true);
            }
        });
    }

    @Override
    public void accept(byte @Nullable [] reply, @Nullable Throwable failure) {
        if (failure instanceof RedisNoScriptException && !byText) {
            byText = true;
            call();
        } else if (isRefusedForNow(failure) && pauses < PAUSES && !isDone()) {
            pause(FIRST_PAUSE << pauses++);
        } else if (failure != null) {
            fail(failure);
        } else {
            decode(reply);
        }
    }

    private void pause(long nanos) {
        try {
            connection.pause(this::call, nanos);
        } catch (RuntimeException e) {
            // The driver was shut down meanwhile.
            fail(e);
        }
    }

    private static boolean isRefusedForNow(@Nullable Throwable failure) {
        return failure instanceof RedisCommandExecutionException
                && failure.getMessage() != null
                && failure.getMessage().startsWith("TRYAGAIN");
    }

    private void decode(byte @Nullable [] reply) {
        try {
            requireMaster();
            if (reply == null) {
                throw new IllegalStateException("No reply");
            }
            if (sendings.areUnanswered() && operation.isRefusal(reply)) {
                throw new IllegalStateException(
                        "sent again after a reconnect, and refused; it may have been done all the same");
            }
            complete(operation.decoder().apply(reply));
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Sent to a master, it may be answered by a replica: that one was demoted, or the connection was renewed meanwhile. */
    private void requireMaster() {
        if (connection.leadsToReplica()) {
            throw new IllegalStateException("The answer is a replica's, which may be stale");
        }
    }

    void fail(Throwable failure) {
        connection.failed(failure, keys.length == 0 ? null : keys[0]);
        completeExceptionally(operation.failure(failure));
    }
}
