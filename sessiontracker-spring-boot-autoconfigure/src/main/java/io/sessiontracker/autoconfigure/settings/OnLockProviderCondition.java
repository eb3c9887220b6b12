package io.sessiontracker.autoconfigure.settings;

import java.util.Map;
import java.util.stream.Stream;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The condition of {@link ConditionalOnLockProvider}. */
public final class OnLockProviderCondition extends SpringBootCondition {

    /** The setting that names the lock provider. */
    public static final String PROPERTY = SessionTrackerProperties.PREFIX + ".lock.provider";
    /** Locks by Redisson. */
    public static final String REDISSON = "redisson";
    /** Locks in Redis, beside the sessions. */
    public static final String REDIS = "redis";
    /** Locks in a database. */
    public static final String JDBC = "jdbc";
    /** Locks in DynamoDB. */
    public static final String DYNAMODB = "dynamodb";
    /** Locks within this process. */
    public static final String MEMORY = "memory";

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

    /**
     * Returns the provider that is set, else the store's default. The class path, which may differ by process, never decides.
     */
    public static String provider(Environment environment) {
        String store = environment.getProperty(SessionTrackerProperties.PREFIX + ".store", REDIS);
        String byStore = Stream.of(MEMORY, JDBC, DYNAMODB)
                .filter(store::equalsIgnoreCase)
                .findFirst()
                .orElse(REDISSON);
        return environment.getProperty(PROPERTY, byStore);
    }
}
