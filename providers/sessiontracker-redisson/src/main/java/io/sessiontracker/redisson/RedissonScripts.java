package io.sessiontracker.redisson;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.spi.SessionLockProvider.LockState;
import org.redisson.client.codec.LongCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.command.CommandAsyncExecutor;

/** The calls on a lock of which Redisson's own API has none for an owner that is not a thread. */
record RedissonScripts(CommandAsyncExecutor executor, String name) {

    private static final String EXTEND = """
            if redis.call('hexists', KEYS[1], ARGV[1]) == 1 then
                return redis.call('pexpire', KEYS[1], ARGV[2])
            end
            return 0
            """;

    private static final String STATE = """
            local holder = redis.call('hgetall', KEYS[1])[1]
            return {holder or '', tostring(redis.call('pttl', KEYS[1]))}
            """;

    /**
     * Sets the lease of a lock that its owner still holds. Idempotent, so Redisson may resend it if a reply is lost.
     *
     * @return whether the owner holds it
     */
    CompletionStage<Boolean> extend(String owner, long leaseMillis) {
        return executor.evalWriteAsync(
                name,
                LongCodec.INSTANCE,
                RedisCommands.EVAL_BOOLEAN,
                EXTEND,
                List.<Object>of(name),
                owner,
                leaseMillis);
    }

    /** Returns the holder and the rest of its lease. */
    CompletionStage<LockState> lockState() {
        CompletionStage<List<Object>> found = executor.evalWriteAsync(
                name, StringCodec.INSTANCE, RedisCommands.EVAL_LIST, STATE, List.<Object>of(name));
        return found.thenApply(reply -> {
            String holder = (String) reply.get(0);
            return holder.isEmpty()
                    ? LockState.FREE
                    : new LockState(holder, Duration.ofMillis(Long.parseLong((String) reply.get(1))));
        });
    }
}
