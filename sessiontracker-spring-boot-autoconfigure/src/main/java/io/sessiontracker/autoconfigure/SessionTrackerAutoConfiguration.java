package io.sessiontracker.autoconfigure;

import java.util.StringJoiner;
import java.util.function.Supplier;

import io.sessiontracker.AsyncSessionTracker;
import io.sessiontracker.ReactiveSessionAuthorizer;
import io.sessiontracker.ReactiveSessionCallerResolver;
import io.sessiontracker.SessionAuthorizer;
import io.sessiontracker.SessionCallerResolver;
import io.sessiontracker.SessionCallerScope;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.dynamodb.AwsSettingsConfiguration;
import io.sessiontracker.autoconfigure.dynamodb.CheckedTableConfiguration;
import io.sessiontracker.autoconfigure.dynamodb.DynamoDbLockConfiguration;
import io.sessiontracker.autoconfigure.dynamodb.DynamoDbSettingsConfiguration;
import io.sessiontracker.autoconfigure.dynamodb.DynamoDbStoreConfiguration;
import io.sessiontracker.autoconfigure.dynamodb.DynamoDbTableConfiguration;
import io.sessiontracker.autoconfigure.encryption.EncryptionConfiguration;
import io.sessiontracker.autoconfigure.jdbc.JdbcDatabaseConfiguration;
import io.sessiontracker.autoconfigure.jdbc.JdbcLockConfiguration;
import io.sessiontracker.autoconfigure.jdbc.JdbcSettingsConfiguration;
import io.sessiontracker.autoconfigure.jdbc.JdbcStoreConfiguration;
import io.sessiontracker.autoconfigure.redis.RedisLockConfiguration;
import io.sessiontracker.autoconfigure.redis.RedisStoreConfiguration;
import io.sessiontracker.autoconfigure.redisson.RedissonLockConfiguration;
import io.sessiontracker.autoconfigure.settings.Namespace;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import io.sessiontracker.autoconfigure.settings.SettingsFactory;
import io.sessiontracker.autoconfigure.settings.StoreDetails;
import io.sessiontracker.autoconfigure.types.SessionClasses;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SweepSettings;
import io.sessiontracker.reactive.ReactiveSessionTracker;
import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionInstrumentation;
import io.sessiontracker.spi.SessionLockProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration of a {@link SessionTracker}. A bean of the application replaces each of its parts: the settings, the
 * store, the lock service, the codec, or the tracker itself.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration"
        })
@EnableConfigurationProperties(SessionTrackerProperties.class)
@Import({
    RedisStoreConfiguration.class,
    JdbcSettingsConfiguration.class,
    JdbcDatabaseConfiguration.class,
    JdbcStoreConfiguration.class,
    DynamoDbSettingsConfiguration.class,
    AwsSettingsConfiguration.class,
    DynamoDbTableConfiguration.class,
    CheckedTableConfiguration.class,
    DynamoDbStoreConfiguration.class,
    MemoryStoreConfiguration.class,
    RedissonLockConfiguration.class,
    RedisLockConfiguration.class,
    JdbcLockConfiguration.class,
    DynamoDbLockConfiguration.class,
    MemoryLockConfiguration.class,
    JacksonCodecConfiguration.class,
    EncryptionConfiguration.class
})
public final class SessionTrackerAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    SessionTrackerSettings sessionTrackerSettings(SessionTrackerProperties properties) {
        return SettingsFactory.create(properties);
    }

    @Bean
    Namespace sessionTrackerNamespace(SessionTrackerProperties properties, ApplicationContext context) {
        return Namespace.of(properties.namespace(), context.getEnvironment());
    }

    @Bean
    @ConditionalOnMissingBean
    SweepSettings sessionTrackerSweepSettings(SessionTrackerProperties properties) {
        return SettingsFactory.create(properties.sweep());
    }

    /** The tracker and its background work. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(SessionTracker.class)
    static class TrackerConfiguration {

        @Bean
        SessionClasses sessionTrackerClasses(SessionTrackerSettings settings, ApplicationContext context) {
            return SessionClasses.of(context, settings.types().keySet());
        }

        @Bean
        ClosableSessionTracker sessionTracker(
                SessionTrackerProperties properties,
                SessionTrackerSettings settings,
                SweepSettings sweep,
                SessionClasses classes,
                ObjectProvider<SessionDataProvider> data,
                ObjectProvider<SessionLockProvider> locks,
                ObjectProvider<SessionCodec> codec,
                ObjectProvider<SessionInstrumentation> instrumentations,
                ObjectProvider<SessionAuthorizer> authorizer,
                ObjectProvider<SessionCallerResolver> callers,
                ApplicationContext context) {
            MissingBeans missing = new MissingBeans(properties, context);
            missing.requireNearCache(settings);
            SessionAuthorizer asked = authorizer.getIfAvailable(() -> SessionAuthorizer.PERMIT_ALL);
            missing.requireRulesAsked(asked);
            SessionTrackerBuilder builder = new SessionTrackerBuilder(
                    require(data, missing::dataProvider),
                    require(locks, missing::lockProvider),
                    MissingBeans.requireKeys(settings, require(codec, missing::codec)));
            TrackerThreads.choose(builder, context)
                    .settings(settings)
                    .sweep(sweep)
                    .modifyAttempts(SettingsFactory.modifyAttempts(properties.modify()))
                    .watchInterval(SettingsFactory.watchInterval(properties.watch()))
                    .nearCacheSize(SettingsFactory.nearCacheSize(properties.nearCache()))
                    .authorizer(asked)
                    .callers(missing.requireCallers(settings, callers.getIfAvailable()))
                    .types(classes.types());
            instrumentations.orderedStream().forEach(builder::instrumentation);
            return builder.buildIdle();
        }

        @Bean
        @ConditionalOnMissingBean
        AsyncSessionTracker sessionTrackerAsync(ClosableSessionTracker tracker) {
            return tracker.async();
        }

        @Bean
        SessionTrackerLifecycle sessionTrackerBackgroundWork(
                ObjectProvider<ClosableSessionTracker> tracker,
                SessionClasses classes,
                SessionTrackerSettings settings,
                SweepSettings sweep,
                Namespace namespace,
                ObjectProvider<SessionDataProvider> data,
                ObjectProvider<SessionLockProvider> locks,
                ObjectProvider<StoreDetails> details,
                ApplicationContext context) {
            StartupSummary summary =
                    new StartupSummary(namespace.value(), nameOf(data) + text(details, data), nameOf(locks), sweep);
            return new SessionTrackerLifecycle(tracker, classes, settings, context, summary);
        }

        private static String text(ObjectProvider<StoreDetails> details, ObjectProvider<SessionDataProvider> data) {
            StringJoiner text = new StringJoiner(", ", " (", ")").setEmptyValue("");
            details.stream()
                    .map(StoreDetails::text)
                    .filter(StringUtils::hasLength)
                    .forEach(text::add);
            SessionDataProvider store = data.getIfUnique();
            if (store != null && store.description().estimatedClock()) {
                text.add("deadlines by each process's estimate of the time");
            }
            if (store != null && store.description().eventualIndexes()) {
                text.add("counts and queries may miss the latest changes");
            }
            return text.toString();
        }

        /** There may be no provider where a test replaces the tracker with a mock. */
        private static String nameOf(ObjectProvider<?> provider) {
            Object unique = provider.getIfUnique();
            return unique == null
                    ? "none"
                    : AopProxyUtils.ultimateTargetClass(unique).getSimpleName();
        }

        private static <T> T require(ObjectProvider<T> beans, Supplier<RuntimeException> missing) {
            T bean = beans.getIfAvailable();
            if (bean == null) {
                throw missing.get();
            }
            return bean;
        }

        /** The reactive API, if Reactor is present. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(name = "reactor.core.publisher.Mono")
        static class ReactiveConfiguration {

            @Bean
            @ConditionalOnMissingBean
            @Nullable
            ReactiveSessionTracker sessionTrackerReactive(
                    ObjectProvider<ClosableSessionTracker> tracker,
                    ObjectProvider<AsyncSessionTracker> asyncTracker,
                    ObjectProvider<SessionAuthorizer> authorizer,
                    ObjectProvider<ReactiveSessionAuthorizer> reactiveAuthorizer,
                    ObjectProvider<ReactiveSessionCallerResolver> callers,
                    SessionTrackerSettings settings) {
                ReactiveSessionAuthorizer asked = reactiveAuthorizer.getIfAvailable();
                if (asked != null) {
                    MissingBeans.requireAuthorizer(authorizer.getIfAvailable());
                }
                ReactiveSessionCallerResolver resolver = settings.hasOwners() ? callers.getIfAvailable() : null;
                if (resolver != null) {
                    SessionAuthorizer own = asked == null
                            ? authorizer.getIfAvailable(() -> SessionAuthorizer.PERMIT_ALL)
                            : SessionAuthorizer.PERMIT_ALL;
                    SessionCallerScope scope = new SessionCallerScope();
                    return ReactiveSessionTracker.over(tracker.getObject().async(own, scope), asked, resolver, scope);
                }
                if (asked != null) {
                    return ReactiveSessionTracker.over(
                            tracker.getObject().async(SessionAuthorizer.PERMIT_ALL, null), asked);
                }
                // A test's mock of the tracker has no async API.
                AsyncSessionTracker async = asyncTracker.getIfAvailable();
                return async == null ? null : ReactiveSessionTracker.over(async);
            }
        }
    }
}
