package io.sessiontracker.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;

/**
 * Sessions in Redis 6.2 or later, or Valkey: standalone, Sentinel or Cluster. Each method is one {@code EVALSHA}, which is
 * atomic, on the master that holds the key; times are that server's. The calling thread waits for the reply, so every stage
 * is complete on return. Safe for any number of threads.
 */
public final class RedisSessionDataProvider implements SessionDataProvider {

    private final RedisOperations operations;
    private final OperationRunner runner;

    /**
     * Stores below a namespace; two of them never see each other's sessions.
     *
     * @param template one from {@link #template}, or one whose key serializer passes bytes through as they are
     * @param namespace 1 to 64 of ASCII letters, digits and {@code . _ - :}
     * @throws IllegalArgumentException if the namespace is none
     */
    public RedisSessionDataProvider(RedisTemplate<byte[], byte[]> template, String namespace) {
        this.operations = new RedisOperations(new KeyLayout(namespace));
        this.runner = new TemplateRunner(template);
    }

    /** A template as this class needs it: bytes in, bytes out, ready for use. */
    public static RedisTemplate<byte[], byte[]> template(RedisConnectionFactory connectionFactory) {
        RedisTemplate<byte[], byte[]> template = new RedisTemplate<>();
        template.setConnectionFactory(connectionFactory);
        template.setDefaultSerializer(RedisSerializer.byteArray());
        template.afterPropertiesSet();
        return template;
    }

    @Override
    public CompletionStage<StoreReply> start(
            SessionAddress address,
            List<String> ids,
            SessionData data,
            Lifetimes lifetimes,
            OperationToken token,
            boolean touchRunning) {
        return run(() -> operations.start(address, ids, data, lifetimes, token, touchRunning));
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch) {
        return run(() -> operations.get(address, touch));
    }

    @Override
    public CompletionStage<StoreReply> getFinished(SessionAddress address) {
        return run(() -> operations.getFinished(address));
    }

    @Override
    public CompletionStage<StoreReply> touch(SessionAddress address) {
        return run(() -> operations.touch(address));
    }

    @Override
    public CompletionStage<StoreReply> update(
            SessionAddress address, SessionVersion expected, SessionData data, OperationToken token) {
        return run(() -> operations.update(address, expected, data, token));
    }

    @Override
    public CompletionStage<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion only,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returning) {
        return run(() -> operations.move(LuaScript.FINISH, address, only, lifetimes, token, returning));
    }

    @Override
    public CompletionStage<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion only,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returning) {
        return run(() -> operations.move(LuaScript.RESUME, address, only, lifetimes, token, returning));
    }

    @Override
    public CompletionStage<StoreReply> delete(
            SessionAddress address, @Nullable SessionVersion only, OperationToken token) {
        return run(() -> operations.delete(address, only, token));
    }

    /** What cannot even be described is the caller's mistake, yet no method throws. */
    private CompletionStage<StoreReply> run(Supplier<RedisOperation<StoreReply>> description) {
        RedisOperation<StoreReply> operation;
        try {
            operation = description.get();
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
        return runner.run(operation);
    }
}
