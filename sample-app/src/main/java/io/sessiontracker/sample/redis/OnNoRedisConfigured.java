package io.sessiontracker.sample.redis;

import java.util.Map;
import java.util.Set;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether {@code spring.data.redis.*} names no server, be it in a file, an argument or the environment. */
final class OnNoRedisConfigured implements Condition {

    private static final Set<String> SERVER = Set.of("host", "port", "url", "cluster", "sentinel", "masterreplica");

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Map<String, Object> redis = Binder.get(context.getEnvironment())
                .bind("spring.data.redis", Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of());
        return SERVER.stream().noneMatch(redis::containsKey);
    }
}
