package io.sessiontracker.autoconfigure.actuate;

import io.sessiontracker.autoconfigure.Applications;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.health.DataRedisHealthContributorAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.health.DataRedisReactiveHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** An unused Redis must not affect the overall health. */
class UnusedRedisHealthTest {

    private static final String REDIS = "redisHealthContributor";

    private final ApplicationContextRunner application = Applications.memory()
            .withConfiguration(AutoConfigurations.of(
                    DataRedisAutoConfiguration.class,
                    DataRedisReactiveAutoConfiguration.class,
                    HealthContributorAutoConfiguration.class,
                    UnusedRedisHealthAutoConfiguration.class,
                    DataRedisReactiveHealthContributorAutoConfiguration.class,
                    DataRedisHealthContributorAutoConfiguration.class));

    @Test
    void shouldNotBeDownIfUnused() {
        application.run(context -> assertThat(
                        context.getBean(REDIS, HealthIndicator.class).health().getStatus())
                .isEqualTo(Status.UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.data.redis.host=127.0.0.1",
                "spring.data.redis.url=redis://127.0.0.1:1",
                "spring.data.redis.cluster.nodes=127.0.0.1:1",
                "session-tracker.store=redis",
                "session-tracker.lock.provider=redis"
            })
    void shouldBeCheckedIfUsed(String property) {
        application
                .withPropertyValues(property)
                .run(context ->
                        assertThat(context).hasBean(REDIS).doesNotHaveBean(UnusedRedisHealthAutoConfiguration.class));
    }

    @Test
    void shouldBeCheckedWithCustomConnectionFactory() {
        application
                .withBean(RedisConnectionFactory.class, () -> new LettuceConnectionFactory("127.0.0.1", 1))
                .run(context -> assertThat(context).doesNotHaveBean(UnusedRedisHealthAutoConfiguration.class));
    }

    @Test
    void shouldBeDisabledByProperty() {
        application
                .withPropertyValues("management.health.redis.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(REDIS));
    }
}
