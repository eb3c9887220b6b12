package io.sessiontracker.autoconfigure;

import java.util.Map;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The condition of {@link ConditionalOnLockProvider}. */
final class OnLockProviderCondition extends SpringBootCondition {

    static final String PROPERTY = SessionTrackerProperties.PREFIX + ".lock.provider";
    static final String REDISSON = "redisson";
    static final String REDIS = "redis";
    static final String MEMORY = "memory";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Map<String, ?> attributes = metadata.getAnnotationAttributes(ConditionalOnLockProvider.class.getName());
        String wanted = String.valueOf(attributes == null ? null : attributes.get("value"));
        String provider = provider(context.getEnvironment());
        return new ConditionOutcome(
                provider.equalsIgnoreCase(wanted),
                ConditionMessage.forCondition(ConditionalOnLockProvider.class, wanted)
                        .because("locks come from " + provider));
    }

    /** What is set, else what suits the store; never what happens to be on the class path, which may differ by process. */
    static String provider(Environment environment) {
        String store = environment.getProperty(SessionTrackerProperties.PREFIX + ".store", REDIS);
        return environment.getProperty(PROPERTY, store.equalsIgnoreCase(MEMORY) ? MEMORY : REDISSON);
    }
}
