package io.sessiontracker.sample.redis;

import java.io.IOException;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Provides connection details that replace {@code spring.data.redis.*}. Every connection uses them, so the server starts before
 * the first connection and stops after the last.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(OnNoRedisConfigured.class)
@ConditionalOnProperty(name = "session-tracker.store", havingValue = "redis", matchIfMissing = true)
@ConditionalOnProperty(name = "shop.redis.embedded", matchIfMissing = true)
class EmbeddedRedisConfiguration {

    @Bean
    EmbeddedRedis embeddedRedis(@Value("${shop.redis.port}") int port) throws IOException {
        return EmbeddedRedis.startOrJoin(port);
    }
}
