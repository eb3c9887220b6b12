package io.sessiontracker.redis.client;

import java.util.List;
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
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;

/** A changing operation that is complete when enough replicas have it too. Used by one {@link WriteLane} at a time. */
final class ReplicatedCall<R> {

    /** The connection held, but replicas did not confirm in time. */
    static final class TooFewReplicas extends IllegalStateException {
        TooFewReplicas(String message) {
            super(message);
        }
    }

    /** A Cluster that sends a call around more often than this is not settled yet. */
    private static final int MOST_REDIRECTIONS = 5;

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

    /** Adds what is to be written for it, with the script's text or its digest. */
    void addTo(List<RedisCommand<byte[], byte[], ?>> commands, boolean byText) {
        if (asking) {
            commands.add(new AsyncCommand<>(
                    new Command<>(CommandType.ASKING, new StatusOutput<>(ByteArrayCodec.INSTANCE), null)));
        }
        CommandArgs<byte[], byte[]> call = new CommandArgs<>(ByteArrayCodec.INSTANCE);
        if (byText) {
            call.add(operation.script().text());
        } else {
            call.add(operation.script().sha1());
        }
        call.add(operation.keys().length).addKeys(operation.keys()).addValues(operation.arguments());
        command = new AsyncCommand<>(new Command<>(
                byText ? CommandType.EVAL : CommandType.EVALSHA, new ValueOutput<>(ByteArrayCodec.INSTANCE), call));
        sent = true;
        commands.add(command);
    }

    /** What the server refused without running it, so that it can be sent again; null if it did not. */
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
        boolean redirected = (asking || message.startsWith("MOVED ")) && redirections++ < MOST_REDIRECTIONS;
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
     * Answers what the server did.
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

    /** What was refused is as it was, whoever knows that; unless it was sent again over a connection that broke. */
    private static boolean isChange(@Nullable Object result) {
        return result instanceof StoreReply.Done || result instanceof StoreReply.Started;
    }

    private SessionStoreException unknown(Throwable reason) {
        return new SessionStoreException(
                operation.failure(reason).getMessage()
                        + ". It was done, but may be lost in a fail-over: its outcome is unknown",
                reason);
    }

    void fail(Throwable reason) {
        answer.completeExceptionally(operation.failure(reason));
    }

    /** Whether it can have been done. */
    boolean isSent() {
        return sent;
    }
}
