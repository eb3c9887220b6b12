package io.sessiontracker.redis.client;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;

/**
 * Waits for the reply in the caller's thread. Spring calls a script by its digest and sends its text only when the server
 * does not know it. {@code EVALSHA} is a write to every driver, so a replica is never asked.
 *
 * <p>While a Cluster moves a slot, its nodes refuse scripts on it with {@code TRYAGAIN}, without running them; these are
 * called again for about a second.
 */
final class TemplateRunner implements ScriptRunner {

    private static final long FIRST_PAUSE = Duration.ofMillis(8).toNanos();
    private static final int PAUSES = 7; // each twice as long as the one before

    private final RedisTemplate<byte[], byte[]> template;
    private final LongConsumer pause;

    /** Takes these connections, but never part in a transaction or pipeline. */
    TemplateRunner(RedisConnectionFactory connections) {
        this(connections, LockSupport::parkNanos);
    }

    /** Waits for so many nanoseconds in its own way. */
    TemplateRunner(RedisConnectionFactory connections, LongConsumer pause) {
        this.template = new ByteArrayRedisTemplate(new UnboundConnectionFactory(connections));
        this.pause = pause;
    }

    // Whatever a driver throws means that the store could not be reached, or did not answer as it should.
    @Override
    public <R> CompletionStage<R> run(ScriptCall<R> operation) {
        try {
            byte[] reply = executePatiently(operation);
            if (reply == null) {
                throw new IllegalStateException("No reply");
            }
            return CompletableFuture.completedFuture(operation.decoder().apply(reply));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(operation.failure(e));
        }
    }

    private byte @Nullable [] executePatiently(ScriptCall<?> operation) {
        for (int pauses = 0; ; pauses++) {
            try {
                return execute(operation);
            } catch (RuntimeException e) {
                if (!isRefusedForNow(e)
                        || pauses == PAUSES
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                pause.accept(FIRST_PAUSE << pauses);
            }
        }
    }

    private static boolean isRefusedForNow(RuntimeException e) {
        String message = NestedExceptionUtils.getMostSpecificCause(e).getMessage();
        return message != null && message.startsWith("TRYAGAIN");
    }

    private byte @Nullable [] execute(ScriptCall<?> operation) {
        return template.execute(
                operation.script(),
                RedisSerializer.byteArray(),
                RedisSerializer.byteArray(),
                Arrays.asList(operation.keys()),
                (Object[]) operation.arguments());
    }
}
