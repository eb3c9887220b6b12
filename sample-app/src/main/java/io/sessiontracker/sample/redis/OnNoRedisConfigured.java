package io.sessiontracker.sample.redis;

import java.util.Map;
import java.util.Set;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if no property of {@code spring.data.redis.*} names a server. */
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
