package io.sessiontracker.redis.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.redis.script.LuaScript;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;

/** A change that is complete when enough replicas have it. Used by one {@link WriteLane} at a time. */
final class ReplicatedCall<R> {

    /** The connection held, but replicas did not confirm in time. */
    static final class TooFewReplicas extends IllegalStateException {
        TooFewReplicas(String message) {
            super(message);
        }
    }

    /** After more redirections than this the Cluster is not stable, and the call fails. */
    private static final int MAX_REDIRECTIONS = 5;

    static final String NO_SCRIPT = "NOSCRIPT";

    final CompletableFuture<R> answer = new CompletableFuture<>();
    private final ScriptCall<R> operation;
    private final TryAgainBackoff backoff = new TryAgainBackoff();
    private boolean asking;
    private int redirections;
    private volatile boolean sent;
    private @Nullable AsyncCommand<byte[], byte[], byte[]> command;

    ReplicatedCall(ScriptCall<R> operation) {
        this.operation = operation;
    }

    byte[] key() {
        return operation.keys()[0];
    }

    LuaScript script() {
        return operation.script();
    }

    /** Adds its commands, with the script's text or its digest. */
    void addTo(List<RedisCommand<byte[], byte[], ?>> commands, boolean byText) {
        if (asking) {
            commands.add(new AsyncCommand<>(
                    new Command<>(CommandType.ASKING, new StatusOutput<>(ByteArrayCodec.INSTANCE), null)));
        }
        CommandArgs<byte[], byte[]> call = new CommandArgs<>(ByteArrayCodec.INSTANCE);
        call.add(byText ? operation.script().text() : operation.script().sha1());
        call.add(operation.keys().length).addKeys(operation.keys()).addValues(operation.arguments());
        command = new AsyncCommand<>(new Command<>(
                byText ? CommandType.EVAL : CommandType.EVALSHA, new ValueOutput<>(ByteArrayCodec.INSTANCE), call));
        sent = true;
        commands.add(command);
    }

    /** Returns the server's refusal if it did not run the call, so that it can be re-sent; else null. */
    @Nullable
    String refusal() {
        Throwable failure = failure();
        if (failure instanceof RedisNoScriptException) {
            return NO_SCRIPT;
        }
        String message = failure instanceof RedisCommandExecutionException ? failure.getMessage() : null;
        if (message == null) {
            return null;
        }
        asking = message.startsWith("ASK ");
        boolean redirected = (asking || message.startsWith("MOVED ")) && redirections++ < MAX_REDIRECTIONS;
        return redirected || TryAgainBackoff.isRefusal(message) ? message : null;
    }

    TryAgainBackoff backoff() {
        return backoff;
    }

    private @Nullable Throwable failure() {
        if (command == null || !command.isDone()) {
            return new RedisConnectionFailureException("No reply");
        }
        try {
            command.getNow(null);
            return null;
        } catch (CompletionException e) {
            return e.getCause();
        } catch (CancellationException e) {
            return e;
        }
    }

    /**
     * Completes the call with the server's reply.
     *
     * @param unconfirmed why it may be lost; null if enough replicas have it
     */
    void settle(@Nullable Throwable unconfirmed) {
        Throwable failure = failure();
        if (failure != null) {
            fail(failure);
            return;
        }
        try {
            byte[] reply = command == null ? null : command.getNow(null);
            if (reply == null) {
                throw new IllegalStateException("No reply");
            }
            R result = operation.decoder().apply(reply);
            if (unconfirmed == null || (unconfirmed instanceof TooFewReplicas && !isChange(result))) {
                answer.complete(result);
            } else {
                answer.completeExceptionally(unknown(unconfirmed));
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** A refused call changed nothing, so it needs no replicas; unless it was re-sent after a broken connection. */
    private static boolean isChange(@Nullable Object result) {
        Object reply = result instanceof Optional<?> unlessIndexNeeded ? unlessIndexNeeded.orElse(null) : result;
        return reply instanceof StoreReply.Done || reply instanceof StoreReply.Started;
    }

    private SessionStoreException unknown(Throwable reason) {
        return new SessionStoreException(
                operation.failure(reason).getMessage()
                        + ". It was done, but may be lost in a failover: its outcome is unknown",
                reason);
    }

    void fail(Throwable reason) {
        answer.completeExceptionally(operation.failure(reason));
    }

    /** Returns whether the server may have run it. */
    boolean isSent() {
        return sent;
    }
}
