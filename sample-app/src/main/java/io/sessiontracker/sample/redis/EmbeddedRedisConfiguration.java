package io.sessiontracker.sample.redis;

import java.io.IOException;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Connection details in place of those that Spring Boot would read from {@code spring.data.redis.*}. Whatever connects
 * is given them, so the server is there before the first connection and ends after the last.
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
