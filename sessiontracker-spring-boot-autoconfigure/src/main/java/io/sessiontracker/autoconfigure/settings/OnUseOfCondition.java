package io.sessiontracker.autoconfigure.settings;

import java.util.Map;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The condition of {@link ConditionalOnUseOf}. */
final class OnUseOfCondition extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Map<String, ?> attributes = metadata.getAnnotationAttributes(ConditionalOnUseOf.class.getName());
        String wanted = String.valueOf(attributes == null ? null : attributes.get("value"));
        Environment environment = context.getEnvironment();
        String store = environment.getProperty(SessionTrackerProperties.PREFIX + ".store", "");
        String locks = OnLockProviderCondition.provider(environment);
        return new ConditionOutcome(
                store.equalsIgnoreCase(wanted) || locks.equalsIgnoreCase(wanted),
                ConditionMessage.forCondition(ConditionalOnUseOf.class, wanted)
                        .because("the store is \"" + store + "\", and locks come from " + locks));
    }
}
