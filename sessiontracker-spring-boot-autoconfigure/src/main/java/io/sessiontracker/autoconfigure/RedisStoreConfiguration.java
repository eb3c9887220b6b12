package io.sessiontracker.autoconfigure;

import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.spi.SessionDataProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;

/** Sessions in Redis, over the application's connection factory. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(RedisTemplate.class)
@ConditionalOnProperty(
        prefix = SessionTrackerProperties.PREFIX,
        name = "store",
        havingValue = "redis",
        matchIfMissing = true)
@ConditionalOnMissingBean(SessionDataProvider.class)
class RedisStoreConfiguration {

    static final String TEMPLATE = "sessionTrackerRedisTemplate";

    @Bean(name = TEMPLATE, defaultCandidate = false)
    @ConditionalOnMissingBean(name = TEMPLATE)
    @ConditionalOnSingleCandidate(RedisConnectionFactory.class)
    RedisTemplate<byte[], byte[]> sessionTrackerRedisTemplate(RedisConnectionFactory connectionFactory) {
        return RedisSessionDataProvider.template(connectionFactory);
    }

    @Bean
    @ConditionalOnBean(name = TEMPLATE)
    RedisSessionDataProvider sessionTrackerDataProvider(
            @Qualifier(TEMPLATE) RedisTemplate<byte[], byte[]> template, Namespace namespace) {
        return new RedisSessionDataProvider(template, namespace.value());
    }
}
