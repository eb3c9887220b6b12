package io.sessiontracker.redis.client;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

import io.sessiontracker.redis.script.ScriptCall;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;

/**
 * Runs calls over any driver; the caller's thread waits for the reply. Spring calls a script by its digest and sends its text only
 * when the server does not know it. {@code EVALSHA} is a write to every driver, so no replica is asked.
 */
final class TemplateRunner implements ScriptRunner {

    private final RedisTemplate<byte[], byte[]> template;
    private final LongConsumer sleep;

    /** Uses these connections, but never one that is bound to a transaction or pipeline of the thread. */
    TemplateRunner(RedisConnectionFactory connections) {
        this(connections, LockSupport::parkNanos);
    }

    /** Sleeps between retries by the given means, which takes nanoseconds. */
    TemplateRunner(RedisConnectionFactory connections, LongConsumer sleep) {
        this.template = new ByteArrayRedisTemplate(new UnboundConnectionFactory(connections));
        this.sleep = sleep;
    }

    // Any exception of a driver means that the store could not be reached, or did not answer as it should.
    @Override
    public <R> CompletionStage<R> run(ScriptCall<R> call) {
        try {
            byte[] reply = executeWithRetries(call);
            if (reply == null) {
                throw new IllegalStateException("No reply");
            }
            return CompletableFuture.completedFuture(call.decoder().apply(reply));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(call.failure(e));
        }
    }

    private byte @Nullable [] executeWithRetries(ScriptCall<?> call) {
        TryAgainBackoff backoff = new TryAgainBackoff();
        while (true) {
            try {
                return execute(call);
            } catch (RuntimeException e) {
                boolean isRefused = TryAgainBackoff.isRefusal(
                        NestedExceptionUtils.getMostSpecificCause(e).getMessage());
                if (!isRefused || backoff.isOver() || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                sleep.accept(backoff.nextDelayNanos());
            }
        }
    }

    private byte @Nullable [] execute(ScriptCall<?> call) {
        return template.execute(
                call.script(),
                RedisSerializer.byteArray(),
                RedisSerializer.byteArray(),
                Arrays.asList(call.keys()),
                (Object[]) call.arguments());
    }
}
