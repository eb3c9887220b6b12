package io.sessiontracker.autoconfigure.redisson;

import io.sessiontracker.autoconfigure.redis.CustomConnectionFactoryCheck;
import io.sessiontracker.autoconfigure.settings.ConditionalOnLockProvider;
import io.sessiontracker.autoconfigure.settings.Namespace;
import io.sessiontracker.autoconfigure.settings.OnLockProviderCondition;
import io.sessiontracker.redisson.RedissonSessionLockProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Locks by Redisson, over the application's client or one created here. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(Redisson.class)
@ConditionalOnLockProvider(OnLockProviderCondition.REDISSON)
@ConditionalOnMissingBean(SessionLockProvider.class)
public class RedissonLockConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(RedissonClient.class)
    static class ApplicationClient {

        @Bean
        RedissonSessionLockProvider sessionTrackerLockProvider(RedissonClient client, Namespace namespace) {
            return new RedissonSessionLockProvider(client, namespace.value());
        }
    }

    /** The client is no default candidate: neither injection points of the application nor conditions see it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DataRedisConnectionDetails.class)
    @ConditionalOnMissingBean(RedissonClient.class)
    @ConditionalOnBean(DataRedisConnectionDetails.class)
    static class CreatedClient {

        static final String CLIENT = "sessionTrackerRedissonClient";

        @Bean(name = CLIENT, defaultCandidate = false, destroyMethod = "shutdown")
        @ConditionalOnMissingBean(name = CLIENT)
        RedissonClient sessionTrackerRedissonClient(
                DataRedisConnectionDetails connectionDetails,
                DataRedisProperties properties,
                ConfigurableListableBeanFactory beans) {
            CustomConnectionFactoryCheck.log(beans);
            return Redisson.create(RedissonConfigFactory.create(connectionDetails, properties));
        }

        @Bean
        RedissonSessionLockProvider sessionTrackerLockProvider(
                @Qualifier(CLIENT) RedissonClient client, Namespace namespace, DataRedisProperties properties) {
            return new RedissonSessionLockProvider(
                    client, namespace.value(), RedissonConfigFactory.timeout(properties));
        }
    }
}
