package io.sessiontracker.autoconfigure.jdbc;

import io.sessiontracker.autoconfigure.settings.OnLockProviderCondition;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if sessions or locks are to be in a database. */
final class OnJdbcCondition extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        String store = environment.getProperty(SessionTrackerProperties.PREFIX + ".store", "");
        String locks = OnLockProviderCondition.provider(environment);
        return new ConditionOutcome(
                store.equalsIgnoreCase(OnLockProviderCondition.JDBC)
                        || locks.equalsIgnoreCase(OnLockProviderCondition.JDBC),
                ConditionMessage.forCondition("Sessions or locks in a database")
                        .because("the store is \"" + store + "\", and locks come from " + locks));
    }
}
