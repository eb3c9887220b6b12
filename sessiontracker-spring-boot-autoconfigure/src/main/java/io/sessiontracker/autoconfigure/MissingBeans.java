package io.sessiontracker.autoconfigure;

import java.util.Optional;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.sessiontracker.SessionAuthorizer;
import io.sessiontracker.SessionCallerResolver;
import io.sessiontracker.autoconfigure.redis.RedisStoreConfiguration;
import io.sessiontracker.autoconfigure.settings.ConfigurationFailure;
import io.sessiontracker.autoconfigure.settings.OnLockProviderCondition;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.spring.security.SpringSecurityAuthorizer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.ClassUtils;

/** Explains why a bean was not configured, and what to change. Nothing ever replaces a missing provider. */
final class MissingBeans {

    private static final String STORE = SessionTrackerProperties.PREFIX + ".store";
    private static final String JDBC_STORE = "io.sessiontracker.jdbc.JdbcDatabase";
    private static final String DYNAMODB_STORE = "io.sessiontracker.dynamodb.DynamoDbTable";
    private static final String MEMORY_INSTEAD =
            ", or set " + STORE + "=memory to keep sessions in this process only, until it ends.";
    private static final String LOCKS_IN_MEMORY_INSTEAD =
            ", or set " + OnLockProviderCondition.PROPERTY + "=memory for locks that hold within this process only.";

    private final SessionTrackerProperties properties;
    private final ApplicationContext context;

    MissingBeans(SessionTrackerProperties properties, ApplicationContext context) {
        this.properties = properties;
        this.context = context;
    }

    /** Rules that are not asked would only look as if something was protected. */
    void requireRulesAsked(SessionAuthorizer authorizer) {
        Stream.concat(Stream.of(properties.defaults()), properties.types().values().stream())
                .filter(type -> !type.access().rules().isEmpty())
                .findFirst()
                .ifPresent(type -> {
                    if (!isPresent("org.springframework.security.authorization.AuthorizationManager")) {
                        throw missing(
                                "There are rules under access, but Spring Security is not on the class path.",
                                "Add the dependency org.springframework.boot:spring-boot-starter-security.");
                    }
                    if (!(authorizer instanceof SpringSecurityAuthorizer)) {
                        throw missing(
                                "There are rules under access, and a SessionAuthorizer bean, which is asked instead of them.",
                                "Remove the rules, or make the bean an AuthorizationManager<SessionAccess>, which is asked as well.");
                    }
                });
    }

    /** Without, the store would show what it must not. */
    static SessionCodec requireKeys(SessionTrackerSettings settings, SessionCodec codec) {
        if (settings.hasBlindIndexes() && codec.blindIndex().isEmpty()) {
            throw missing(
                    "A session type has blind-indexed properties, and there is no key to hide their values.",
                    "Add keys under session-tracker.encryption, or a SessionKeyProvider bean.");
        }
        return codec;
    }

    /** Without, nobody could use sessions that have an owner. */
    SessionCallerResolver requireCallers(SessionTrackerSettings settings, @Nullable SessionCallerResolver callers) {
        if (callers == null && settings.hasOwners()) {
            throw missing(
                    "A session type has an owner-property, and nothing says who calls.",
                    "Add the dependency org.springframework.boot:spring-boot-starter-security, or a SessionCallerResolver bean.");
        }
        return callers == null ? Optional::empty : callers;
    }

    /** The blocking and the async API would be open to everyone. */
    static void requireAuthorizer(@Nullable SessionAuthorizer authorizer) {
        if (authorizer == null) {
            throw missing(
                    "There is a ReactiveSessionAuthorizer, and no SessionAuthorizer for the blocking and the async API.",
                    "Add a SessionAuthorizer bean; it may refuse everything.");
        }
    }

    RuntimeException dataProvider() {
        String store = properties.store();
        if (store.equalsIgnoreCase("memory")) {
            return missing(
                    STORE + " is memory, but Caffeine is not on the class path.",
                    "Add the dependency com.github.ben-manes.caffeine:caffeine.");
        }
        if (store.equalsIgnoreCase(OnLockProviderCondition.JDBC)) {
            return database(STORE + " is jdbc", MEMORY_INSTEAD);
        }
        if (store.equalsIgnoreCase(OnLockProviderCondition.DYNAMODB)) {
            return dynamoDb(STORE + " is dynamodb", MEMORY_INSTEAD);
        }
        if (!store.equalsIgnoreCase("redis")) {
            return new InvalidConfigurationPropertyValueException(
                    STORE,
                    store,
                    "It must be redis, jdbc, dynamodb or memory, unless there is a SessionDataProvider bean.");
        }
        if (!isPresent("org.springframework.data.redis.core.RedisTemplate")) {
            return missing(
                    STORE + " is redis, but Spring Data Redis is not on the class path.",
                    add() + " the dependency org.springframework.boot:spring-boot-starter-data-redis" + MEMORY_INSTEAD);
        }
        return connectionFactory();
    }

    /** A starter without its setting. */
    private String add() {
        if (isPresent(JDBC_STORE)) {
            return "Set " + STORE + "=jdbc to keep sessions in the application's database, or add";
        }
        return isPresent(DYNAMODB_STORE) ? "Set " + STORE + "=dynamodb to keep sessions in DynamoDB, or add" : "Add";
    }

    private RuntimeException connectionFactory() {
        int count = context.getBeanNamesForType(RedisConnectionFactory.class).length;
        if (count > 1) {
            return missing(
                    STORE + " is redis, but there are " + count + " RedisConnectionFactory beans and none is primary.",
                    "Mark one of them with @Primary, or declare a RedisTemplate<byte[], byte[]> bean named "
                            + RedisStoreConfiguration.TEMPLATE + " over the one for sessions.");
        }
        return missing(
                STORE + " is redis, but there is no RedisConnectionFactory bean.",
                "Let Spring Boot's DataRedisAutoConfiguration make one from spring.data.redis.*, declare one"
                        + MEMORY_INSTEAD);
    }

    private RuntimeException database(String setting, String instead) {
        if (!isPresent(JDBC_STORE)
                || !isPresent("org.springframework.boot.jdbc.init.DatabaseInitializationProperties")) {
            return missing(
                    setting + ", but the JDBC store is not on the class path.",
                    "Add the dependency io.sessiontracker:sessiontracker-spring-boot-starter-jdbc" + instead);
        }
        int count = context.getBeanNamesForType(DataSource.class).length;
        if (count > 1) {
            return missing(
                    setting + ", but there are " + count + " DataSource beans and none is primary.",
                    "Mark one of them with @Primary, or declare a JdbcDatabase bean over the one for sessions.");
        }
        return missing(
                setting + ", but there is no DataSource bean.",
                "Let Spring Boot's DataSourceAutoConfiguration make one from spring.datasource.*, with the driver of your"
                        + " database on the class path, declare one" + instead);
    }

    private RuntimeException dynamoDb(String setting, String instead) {
        return isPresent(DYNAMODB_STORE)
                ? missing(
                        setting + ", but there are several DynamoDbAsyncClient beans and none is primary.",
                        "Mark one of them with @Primary, or declare a DynamoDbTable bean over the one for sessions.")
                : missing(
                        setting + ", but the DynamoDB store is not on the class path.",
                        "Add the dependency io.sessiontracker:sessiontracker-spring-boot-starter-dynamodb" + instead);
    }

    RuntimeException lockProvider() {
        String provider = OnLockProviderCondition.provider(context.getEnvironment());
        if (provider.equalsIgnoreCase(OnLockProviderCondition.REDIS)) {
            return redisLockProvider();
        }
        if (provider.equalsIgnoreCase(OnLockProviderCondition.JDBC)) {
            return database("Locks are to be kept in a database", LOCKS_IN_MEMORY_INSTEAD);
        }
        if (provider.equalsIgnoreCase(OnLockProviderCondition.DYNAMODB)) {
            return dynamoDb("Locks are to be kept in DynamoDB", LOCKS_IN_MEMORY_INSTEAD);
        }
        if (!provider.equalsIgnoreCase(OnLockProviderCondition.REDISSON)) {
            return new InvalidConfigurationPropertyValueException(
                    OnLockProviderCondition.PROPERTY,
                    provider,
                    "It must be redisson, redis, jdbc, dynamodb or memory, unless there is a SessionLockProvider bean.");
        }
        if (!isPresent("org.redisson.Redisson")) {
            return missing(
                    "Locks come from Redisson, but it is not on the class path.",
                    "Add the dependency org.redisson:redisson, set " + OnLockProviderCondition.PROPERTY
                            + "=redis for locks over Lettuce's connection" + LOCKS_IN_MEMORY_INSTEAD);
        }
        return missing(
                "Locks come from Redisson, but there is neither a RedissonClient bean nor a DataRedisConnectionDetails"
                        + " bean to make one from.",
                "Let Spring Boot's DataRedisAutoConfiguration read spring.data.redis.*, declare a RedissonClient"
                        + LOCKS_IN_MEMORY_INSTEAD);
    }

    private RuntimeException redisLockProvider() {
        if (!isPresent("org.springframework.data.redis.core.RedisTemplate")
                || !isPresent("io.lettuce.core.RedisClient")) {
            return missing(
                    "Locks are to be kept in Redis, but Spring Data Redis or Lettuce is not on the class path.",
                    "Add the dependency org.springframework.boot:spring-boot-starter-data-redis, or"
                            + " org.redisson:redisson" + LOCKS_IN_MEMORY_INSTEAD);
        }
        return missing(
                "Locks are to be kept in Redis, but there is no RedisConnectionFactory bean, or several and none is"
                        + " primary.",
                "Let Spring Boot's DataRedisAutoConfiguration make one from spring.data.redis.*, mark one with @Primary"
                        + LOCKS_IN_MEMORY_INSTEAD);
    }

    void requireNearCache(SessionTrackerSettings settings) {
        if (settings.hasNearCache() && !isPresent("com.github.benmanes.caffeine.cache.Caffeine")) {
            throw missing(
                    "A session type has a near cache (near-cache.mode), but Caffeine is not on the class path.",
                    "Add the dependency com.github.ben-manes.caffeine:caffeine.");
        }
    }

    RuntimeException codec() {
        return missing(
                "Sessions are stored as JSON, but Jackson 3 is not on the class path.",
                "Add the dependency tools.jackson.core:jackson-databind, or declare a SessionCodec bean.");
    }

    private boolean isPresent(String className) {
        return ClassUtils.isPresent(className, context.getClassLoader());
    }

    private static RuntimeException missing(String description, String action) {
        return new ConfigurationFailure(description, action);
    }
}
