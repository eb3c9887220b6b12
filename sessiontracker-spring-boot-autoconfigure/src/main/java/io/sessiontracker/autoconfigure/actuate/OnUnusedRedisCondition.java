package io.sessiontracker.autoconfigure.actuate;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.sessiontracker.autoconfigure.redis.CustomConnectionFactoryCheck;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** Matches if neither a property nor a bean of the application names a Redis: all that is known is the default address. */
final class OnUnusedRedisCondition extends SpringBootCondition implements ConfigurationCondition {

    private static final List<String> SERVER = List.of("host", "port", "url", "cluster", "sentinel", "masterreplica");

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Unused Redis");
        return isNamed(context.getEnvironment()) || isCustom(context.getBeanFactory())
                ? ConditionOutcome.noMatch(message.because("the application names a Redis"))
                : ConditionOutcome.match(message.because("nothing names a Redis"));
    }

    private static boolean isNamed(Environment environment) {
        Map<String, Object> redis = Binder.get(environment)
                .bind("spring.data.redis", Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of());
        return SERVER.stream().anyMatch(redis::containsKey);
    }

    private static boolean isCustom(@Nullable ConfigurableListableBeanFactory beans) {
        return beans != null
                && Stream.of(RedisConnectionFactory.class, DataRedisConnectionDetails.class)
                        .flatMap(type -> Stream.of(beans.getBeanNamesForType(type, true, false)))
                        .anyMatch(name -> !CustomConnectionFactoryCheck.isSpringBootBean(name, beans));
    }
}
