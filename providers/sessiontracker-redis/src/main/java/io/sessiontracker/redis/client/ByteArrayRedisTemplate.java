package io.sessiontracker.redis.client;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;

/** A template whose keys and values are bytes, ready for use. */
public final class ByteArrayRedisTemplate extends RedisTemplate<byte[], byte[]> {

    /** Creates a template over these connections. */
    public ByteArrayRedisTemplate(RedisConnectionFactory connectionFactory) {
        setConnectionFactory(connectionFactory);
        setDefaultSerializer(RedisSerializer.byteArray());
        afterPropertiesSet();
    }
}
