package io.sessiontracker.autoconfigure.actuate;

import io.sessiontracker.autoconfigure.SessionTrackerAutoConfiguration;
import io.sessiontracker.autoconfigure.settings.ConditionalOnLockProvider;
import io.sessiontracker.autoconfigure.settings.OnLockProviderCondition;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Auto-configuration of the health of a Redis that is only on the class path because of the starter: sessions and locks are in
 * memory, and no setting names a server. Spring Boot's indicator would report the application as down, as nothing answers at
 * the default address.
 */
@AutoConfiguration(
        after = SessionTrackerAutoConfiguration.class,
        beforeName = {
            "org.springframework.boot.data.redis.autoconfigure.health.DataRedisHealthContributorAutoConfiguration",
            "org.springframework.boot.data.redis.autoconfigure.health.DataRedisReactiveHealthContributorAutoConfiguration"
        })
@ConditionalOnClass({ConditionalOnEnabledHealthIndicator.class, RedisConnectionFactory.class})
@ConditionalOnEnabledHealthIndicator("redis")
@ConditionalOnProperty(prefix = SessionTrackerProperties.PREFIX, name = "store", havingValue = "memory")
@ConditionalOnLockProvider(OnLockProviderCondition.MEMORY)
@ConditionalOnBean(RedisConnectionFactory.class)
@Conditional(OnUnusedRedisCondition.class)
public final class UnusedRedisHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = {"redisHealthIndicator", "redisHealthContributor"})
    HealthIndicator redisHealthContributor() {
        return () -> Health.unknown()
                .withDetail("reason", "not checked: sessions are in memory, and spring.data.redis.* names no server")
                .build();
    }
}
