package io.sessiontracker.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;

/**
 * Waits for the reply in the caller's thread. Spring calls a script by its digest and sends its text only when the server
 * does not know it. {@code EVALSHA} is a write to every driver, so a replica is never asked.
 */
final class TemplateRunner implements OperationRunner {

    private final RedisTemplate<byte[], byte[]> template;

    TemplateRunner(RedisTemplate<byte[], byte[]> template) {
        this.template = template;
    }

    // Whatever a driver throws means that the store could not be reached, or did not answer as it should.
    @Override
    public <R> CompletionStage<R> run(RedisOperation<R> operation) {
        try {
            List<Object> reply = execute(operation);
            if (reply == null) {
                throw new IllegalStateException("No reply; a template in a transaction or pipeline cannot be used");
            }
            return CompletableFuture.completedFuture(operation.decoder().apply(reply));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(operation.failure(e));
        }
    }

    // Spring applies the serializer to each element of the reply, though its signature speaks of the reply as a whole.
    @SuppressWarnings({"unchecked", "rawtypes"})
    private @Nullable List<Object> execute(RedisOperation<?> operation) {
        RedisSerializer<List<Object>> elements = (RedisSerializer) RedisSerializer.byteArray();
        return template.execute(
                operation.script(),
                RedisSerializer.byteArray(),
                elements,
                operation.keys(),
                operation.arguments().toArray());
    }
}
