package io.sessiontracker.benchmarks.candidate;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.sessiontracker.testing.RedisServer;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;
import tools.jackson.databind.json.JsonMapper;

/**
 * The drivers and the JSON mapper that all candidates share: one Lettuce connection, and one Redisson client with the footprint
 * of SessionTracker's auto-configuration.
 */
public final class Clients implements AutoCloseable {

    private final List<AutoCloseable> resources = new CopyOnWriteArrayList<>();
    final JsonMapper json = JsonMapper.shared();
    final LettuceConnectionFactory lettuce;
    final RedissonClient redisson;

    /** Connects to a server. */
    public Clients(RedisServer server) {
        lettuce = server.newConnectionFactory(Duration.ofSeconds(60));
        Config config = new Config().setThreads(2).setNettyThreads(2).setCodec(StringCodec.INSTANCE);
        config.useSingleServer()
                .setAddress("redis://" + RedisServer.HOST + ":" + server.port())
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(8)
                .setSubscriptionConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionPoolSize(4);
        redisson = Redisson.create(config);
    }

    /** Registers a resource to close before the drivers. */
    <T extends AutoCloseable> T closing(T resource) {
        resources.add(resource);
        return resource;
    }

    /** Returns a template with text as keys. */
    <V> RedisTemplate<String, V> template(RedisSerializer<? super V> values) {
        RedisTemplate<String, V> template = new RedisTemplate<>();
        template.setConnectionFactory(lettuce);
        template.setDefaultSerializer(values);
        template.setKeySerializer(RedisSerializer.string());
        template.setHashKeySerializer(RedisSerializer.string());
        template.afterPropertiesSet();
        return template;
    }

    @Override
    public void close() {
        resources.forEach(Clients::end);
        redisson.shutdown();
        lettuce.destroy();
    }

    private static void end(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
