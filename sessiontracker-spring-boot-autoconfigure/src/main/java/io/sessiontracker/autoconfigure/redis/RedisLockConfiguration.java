package io.sessiontracker.autoconfigure.redis;

import io.sessiontracker.autoconfigure.settings.ConditionalOnLockProvider;
import io.sessiontracker.autoconfigure.settings.ConfigurationFailure;
import io.sessiontracker.autoconfigure.settings.Namespace;
import io.sessiontracker.autoconfigure.settings.OnLockProviderCondition;
import io.sessiontracker.redis.lock.RedisSessionLockProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;

/** Locks in Redis, over the connection factory of the sessions if these are in Redis, else over the application's. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(value = RedisTemplate.class, name = "io.lettuce.core.RedisClient")
@ConditionalOnLockProvider(OnLockProviderCondition.REDIS)
@ConditionalOnMissingBean(SessionLockProvider.class)
public class RedisLockConfiguration {

    private static RedisSessionLockProvider create(RedisConnectionFactory connectionFactory, Namespace namespace) {
        try {
            return new RedisSessionLockProvider(connectionFactory, namespace.value());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFailure(
                    "Locks are to be kept in Redis, but the RedisConnectionFactory cannot be used for that. "
                            + e.getMessage() + ".",
                    "Use Lettuce as Spring Boot configures it, or set " + OnLockProviderCondition.PROPERTY
                            + "=redisson and add the dependency org.redisson:redisson.");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(name = RedisStoreConfiguration.TEMPLATE)
    static class WithSessions {

        @Bean
        RedisSessionLockProvider sessionTrackerLockProvider(
                @Qualifier(RedisStoreConfiguration.TEMPLATE) RedisTemplate<byte[], byte[]> template,
                Namespace namespace) {
            return create(template.getRequiredConnectionFactory(), namespace);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(name = RedisStoreConfiguration.TEMPLATE)
    @ConditionalOnSingleCandidate(RedisConnectionFactory.class)
    static class WithoutSessions {

        @Bean
        RedisSessionLockProvider sessionTrackerLockProvider(
                RedisConnectionFactory connectionFactory, Namespace namespace) {
            return create(connectionFactory, namespace);
        }
    }
}
