package io.sessiontracker.redis.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.sessiontracker.redis.script.LuaScript;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.redis.script.ScriptCall.FastPathRead;
import org.jspecify.annotations.Nullable;

/**
 * A call in flight, and its result. The script is called by its digest, and its text is sent only when the server does not know it.
 * Refusals of a Cluster that moves the slot are retried by {@link TryAgainBackoff}, and no thread waits meanwhile.
 */
final class LettuceCall<R> extends CompletableFuture<R> implements BiConsumer<byte[], Throwable> {

    private final ScriptCall<R> call;
    private final LettuceConnection connection;
    private final byte[][] keys;
    private final byte[][] arguments;
    private final SendCounter sends = new SendCounter();
    private final TryAgainBackoff backoff = new TryAgainBackoff();
    private boolean byText;

    LettuceCall(ScriptCall<R> call, LettuceConnection connection) {
        this.call = call;
        this.connection = connection;
        this.keys = call.keys();
        this.arguments = call.arguments();
    }

    /** Returns the script's call as a command, to be sent together with others: in place of {@link #callScript}. */
    AsyncCommand<byte[], byte[], byte[]> command() {
        AsyncCommand<byte[], byte[], byte[]> command = new AsyncCommand<>(new Command<>(
                CommandType.EVALSHA,
                sends.output(),
                sends.arguments(call.script().sha1(), keys, arguments)));
        limit(command);
        var unused = command.whenComplete(this);
        return command;
    }

    /** Reads the plain value first, and calls the script only if that does not suffice. */
    void read(FastPathRead<R> fastPath) {
        try {
            RedisFuture<byte[]> read = connection.commands().get(fastPath.key());
            limit(read);
            read.whenComplete((value, failure) -> {
                if (failure != null) {
                    fail(failure);
                } else {
                    decode(fastPath, value);
                }
            });
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void decode(FastPathRead<R> fastPath, byte @Nullable [] value) {
        try {
            requireMaster();
            R result = value == null ? null : fastPath.decoder().apply(value);
            if (result == null) {
                callScript();
            } else {
                complete(result);
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    void callScript() {
        try {
            LuaScript script = call.script();
            RedisFuture<byte[]> sent = connection
                    .commands()
                    .dispatch(
                            byText ? CommandType.EVAL : CommandType.EVALSHA,
                            sends.output(),
                            sends.arguments(byText ? script.text() : script.sha1(), keys, arguments));
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
            callScript();
        } else if (isRefusedForNow(failure) && !backoff.isOver() && !isDone()) {
            retry(backoff.nextDelayNanos());
        } else if (failure != null) {
            fail(failure);
        } else {
            decode(reply);
        }
    }

    private void retry(long delayNanos) {
        try {
            connection.retry(this::callScript, delayNanos);
        } catch (RuntimeException e) {
            // The driver was shut down meanwhile.
            fail(e);
        }
    }

    private static boolean isRefusedForNow(@Nullable Throwable failure) {
        return failure instanceof RedisCommandExecutionException && TryAgainBackoff.isRefusal(failure.getMessage());
    }

    private void decode(byte @Nullable [] reply) {
        try {
            requireMaster();
            if (reply == null) {
                throw new IllegalStateException("No reply");
            }
            if (sends.areUnanswered() && call.isRefusal(reply)) {
                throw new IllegalStateException(
                        "re-sent after a reconnect, and refused; it may have been done all the same");
            }
            complete(call.decoder().apply(reply));
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** A call that was sent to a master can be answered by a replica: the server was demoted, or the connection renewed meanwhile. */
    private void requireMaster() {
        if (connection.leadsToReplica()) {
            throw new IllegalStateException("A replica sent the reply, which may be stale");
        }
    }

    void fail(Throwable failure) {
        connection.failed(failure, keys.length == 0 ? null : keys[0]);
        completeExceptionally(call.failure(failure));
    }
}
