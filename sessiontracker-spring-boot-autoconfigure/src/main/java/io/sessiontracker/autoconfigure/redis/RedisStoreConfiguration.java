package io.sessiontracker.autoconfigure.redis;

import io.lettuce.core.RedisClient;
import io.sessiontracker.autoconfigure.settings.ConfigurationFailure;
import io.sessiontracker.autoconfigure.settings.Namespace;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import io.sessiontracker.autoconfigure.settings.StoreDetails;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.spi.SessionDataProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
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
public class RedisStoreConfiguration {

    /** The bean that replaces the template. */
    public static final String TEMPLATE = "sessionTrackerRedisTemplate";

    @Bean(name = TEMPLATE, defaultCandidate = false)
    @ConditionalOnMissingBean(name = TEMPLATE)
    @ConditionalOnSingleCandidate(RedisConnectionFactory.class)
    RedisTemplate<byte[], byte[]> sessionTrackerRedisTemplate(RedisConnectionFactory connectionFactory) {
        return RedisSessionDataProvider.template(connectionFactory);
    }

    @Bean
    @ConditionalOnBean(name = TEMPLATE)
    RedisSessionDataProvider sessionTrackerDataProvider(
            @Qualifier(TEMPLATE) RedisTemplate<byte[], byte[]> template,
            Namespace namespace,
            SessionTrackerProperties properties) {
        int minReplicas = properties.redis().minReplicas();
        try {
            return new RedisSessionDataProvider(template, namespace.value(), minReplicas);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFailure(
                    "session-tracker.redis.min-replicas is " + minReplicas + ", which is not possible. "
                            + e.getMessage() + ".",
                    "Set it to 0 or more; for more than 0 use Lettuce as Spring Boot configures it.");
        }
    }

    @Bean
    @ConditionalOnBean(name = TEMPLATE)
    @ConditionalOnClass(name = "io.lettuce.core.RedisClient")
    StoreDetails sessionTrackerStoreDetails(
            @Qualifier(TEMPLATE) RedisTemplate<byte[], byte[]> template, SessionTrackerProperties properties) {
        return new StoreDetails(LettuceSummary.of(
                template.getRequiredConnectionFactory(), properties.redis().minReplicas()));
    }

    /** With Lettuce, the driver unless the application chose another. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({RedisClient.class, LettuceClientOptionsBuilderCustomizer.class})
    static class LettuceConfiguration {

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        LettuceClientOptionsBuilderCustomizer sessionTrackerLettuceDefaults() {
            return new LettuceDefaults();
        }
    }
}
