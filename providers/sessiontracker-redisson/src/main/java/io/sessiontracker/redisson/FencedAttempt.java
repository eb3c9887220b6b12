package io.sessiontracker.redisson;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.redisson.api.RFuture;
import org.redisson.client.codec.Codec;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.command.CommandAsyncService;
import org.redisson.misc.CompletableFutureWrapper;

/**
 * Sends a lock's attempts with a script that grants a fencing token in the same step. Redisson's own fenced lock counts tokens in a key
 * for each lock, which it never removes, and which starts again at 1 if it is lost.
 */
final class FencedAttempt extends CommandAsyncService {

    /**
     * Redisson's script, whose reply is nil or the rest of another's lease: here it is the negative token instead of nil. An attempt
     * that arrives twice holds the lock once. The record of the last token is the one of {@code lib/fencing.lua}.
     */
    private static final String SCRIPT = """
            if redis.call('exists', KEYS[1]) == 0 or redis.call('hexists', KEYS[1], ARGV[2]) == 1 then
                redis.call('hset', KEYS[1], ARGV[2], 1)
                redis.call('pexpire', KEYS[1], ARGV[1])
                local now = redis.call('time')
                local token = math.max(now[1] * 1000000 + now[2], (tonumber(redis.call('get', KEYS[2])) or 0) + 1)
                redis.call('set', KEYS[2], string.format('%016.0f', token), 'pxat',
                        string.format('%.0f', math.floor(token / 1000) + 86400000))
                return -token
            end
            return redis.call('pttl', KEYS[1])
            """;

    /** Less than any rest of a lease that the server replies, which is -1 for a lock without one. */
    private static final long NO_TOKEN = -2;

    private final String tokenName;
    private volatile long token;

    FencedAttempt(CommandAsyncExecutor executor, String tokenName) {
        super(executor, false);
        this.tokenName = tokenName;
    }

    /** Returns the token of the last grant; 0 if there was none. */
    long token() {
        return token;
    }

    @Override
    public <T> RFuture<T> syncedEvalNoRetry(
            String key, Codec codec, RedisCommand<T> command, String script, List<Object> keys, Object... arguments) {
        RFuture<T> reply = command == RedisCommands.EVAL_LONG
                ? super.syncedEvalNoRetry(key, codec, command, SCRIPT, List.of(key, tokenName), arguments)
                : super.syncedEvalNoRetry(key, codec, command, script, keys, arguments);
        return command == RedisCommands.EVAL_LONG ? new CompletableFutureWrapper<>(granted(reply)) : reply;
    }

    private <T> CompletionStage<@Nullable T> granted(CompletionStage<T> reply) {
        return reply.thenApply(left -> {
            if (left instanceof Long number && number < NO_TOKEN) {
                token = -number;
                return null;
            }
            return left;
        });
    }
}
