package io.sessiontracker.autoconfigure.diagnostics;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.sessiontracker.Session;
import io.sessiontracker.SessionType;
import io.sessiontracker.autoconfigure.SessionTrackerAutoConfiguration;
import io.sessiontracker.autoconfigure.sessions.duplicate.NewCheckout;
import io.sessiontracker.autoconfigure.sessions.duplicate.OldCheckout;
import io.sessiontracker.autoconfigure.sessions.misnamed.Misnamed;
import io.sessiontracker.autoconfigure.sessions.stray.Stray;
import io.sessiontracker.dynamodb.DynamoDbTable;
import io.sessiontracker.dynamodb.LocalDynamoDb;
import io.sessiontracker.event.SessionExpired;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.OrderUtils;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The report of a failed start-up. */
@ExtendWith(OutputCaptureExtension.class)
class StartupFailureTest {

    private final CapturedOutput output;

    StartupFailureTest(CapturedOutput output) {
        this.output = output;
    }

    @Test
    void shouldAskForSpringDataRedis() {
        assertThat(report(App.class, "org.springframework.data.redis"))
                .contains("session-tracker.store is redis, but Spring Data Redis is not on the class path.")
                .contains("Set session-tracker.store=jdbc to keep sessions in the application's database, or add"
                        + " the dependency org.springframework.boot:spring-boot-starter-data-redis, or set"
                        + " session-tracker.store=memory to keep sessions in this process only, until it ends.");
    }

    @Test
    void shouldAskForAConnectionFactory() {
        assertThat(report(WithoutRedis.class, ""))
                .contains("session-tracker.store is redis, but there is no RedisConnectionFactory bean.")
                .contains(
                        "Let Spring Boot's DataRedisAutoConfiguration make one from spring.data.redis.*, declare one, or"
                                + " set session-tracker.store=memory");
    }

    @Test
    void shouldAskWhichOfSeveralConnectionFactories() {
        assertThat(report(TwoConnectionFactories.class, ""))
                .contains("there are 2 RedisConnectionFactory beans and none is primary.")
                .contains("Mark one of them with @Primary, or declare a RedisTemplate<byte[], byte[]> bean named"
                        + " sessionTrackerRedisTemplate over the one for sessions.");
    }

    @Test
    void shouldAskForADataSource() {
        assertThat(report(WithoutRedis.class, "", "--session-tracker.store=jdbc"))
                .contains("session-tracker.store is jdbc, but there is no DataSource bean.")
                .contains("from spring.datasource.*, with the driver of your database on the class path");
    }

    @Test
    void shouldAskForADataSourceForLocks() {
        assertThat(report(
                        WithoutRedis.class,
                        "",
                        "--session-tracker.store=memory",
                        "--session-tracker.lock.provider=jdbc"))
                .contains("Locks are to be kept in a database, but there is no DataSource bean.")
                .contains("session-tracker.lock.provider=memory");
    }

    @Test
    void shouldAskForTheJdbcStarter() {
        assertThat(report(WithoutRedis.class, "io.sessiontracker.jdbc", "--session-tracker.store=jdbc"))
                .contains("session-tracker.store is jdbc, but the JDBC store is not on the class path.")
                .contains("Add the dependency io.sessiontracker:sessiontracker-spring-boot-starter-jdbc");
    }

    @Test
    void shouldAskForRedissonIfConfiguredOrDefault() {
        for (String provider : new String[] {"--session-tracker.lock.provider=redisson", "--unrelated=true"}) {
            assertThat(report(App.class, "org.redisson", provider))
                    .contains("Locks come from Redisson, but it is not on the class path.")
                    .contains(
                            "Add the dependency org.redisson:redisson, set session-tracker.lock.provider=redis for locks over"
                                    + " Lettuce's connection, or set session-tracker.lock.provider=memory for locks"
                                    + " that hold within this process only.");
        }
    }

    @Test
    void shouldAskForLettuceForLocksInRedis() {
        assertThat(report(
                        WithoutRedis.class,
                        "io.lettuce",
                        "--session-tracker.store=memory",
                        "--session-tracker.lock.provider=redis"))
                .contains("Locks are to be kept in Redis, but Spring Data Redis or Lettuce is not on the class path.")
                .contains("spring-boot-starter-data-redis, or org.redisson:redisson, or set");
    }

    @Test
    void shouldAskForAConnectionFactoryForLocksInRedis() {
        assertThat(report(
                        WithoutRedis.class,
                        "",
                        "--session-tracker.store=memory",
                        "--session-tracker.lock.provider=redis"))
                .contains("Locks are to be kept in Redis, but there is no RedisConnectionFactory bean")
                .contains("mark one with @Primary, or set session-tracker.lock.provider=memory");
    }

    @Test
    void shouldAskForSuitableConnectionFactoryForLocks() {
        assertThat(report(UnsharedConnection.class, "", "--session-tracker.lock.provider=redis"))
                .contains(
                        "the RedisConnectionFactory cannot be used for that. The LettuceConnectionFactory does not share")
                .contains("Use Lettuce as Spring Boot configures it, or set session-tracker.lock.provider=redisson");
    }

    @Test
    void shouldAskForClientOrConnectionDetails() {
        assertThat(report(
                        WithoutRedis.class,
                        "",
                        "--session-tracker.store=memory",
                        "--session-tracker.lock.provider=redisson"))
                .contains("there is neither a RedissonClient bean nor a DataRedisConnectionDetails bean")
                .contains("declare a RedissonClient, or set session-tracker.lock.provider=memory");
    }

    @Test
    void shouldAskForJackson() {
        assertThat(report(App.class, "tools.jackson.databind"))
                .contains("Sessions are stored as JSON, but Jackson 3 is not on the class path.")
                .contains("Add the dependency tools.jackson.core:jackson-databind, or declare a SessionCodec bean.");
    }

    @Test
    void shouldAskForCaffeineForANearCache() {
        assertThat(report(
                        App.class,
                        "com.github.benmanes.caffeine",
                        "--session-tracker.defaults.near-cache.mode=validated"))
                .contains("A session type has a near cache (near-cache.mode), but Caffeine is not on the class path.")
                .contains("Add the dependency com.github.ben-manes.caffeine:caffeine.");
    }

    @Test
    void shouldRefuseANearCacheOverAStoreThatAnnouncesNothing() {
        assertThat(report(
                        App.class,
                        "",
                        "--spring.data.redis.lettuce.read-from=replica",
                        "--session-tracker.defaults.near-cache.mode=local"))
                .contains(
                        "session-tracker.defaults.near-cache.mode is local, but the configured store does not announce changes")
                .contains("Set session-tracker.defaults.near-cache.mode to validated, which every store can do.");
    }

    @Test
    void shouldAskForCaffeine() {
        assertThat(report(WithoutRedis.class, "com.github.benmanes.caffeine", "--session-tracker.store=memory"))
                .contains("session-tracker.store is memory, but Caffeine is not on the class path.")
                .contains("Add the dependency com.github.ben-manes.caffeine:caffeine.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "session-tracker.store | mongodb | It must be redis, jdbc, dynamodb or memory, unless there is a SessionDataProvider bean.",
                "session-tracker.store | '' | It must be redis, jdbc, dynamodb or memory",
                "session-tracker.lock.provider | zookeeper | It must be redisson, redis, jdbc, dynamodb or memory, unless there is a SessionLockProvider bean.",
                "session-tracker.lock.provider | '' | It must be redisson, redis, jdbc, dynamodb or memory",
                "session-tracker.namespace | my shop | It must be 1 to 64 ASCII letters, digits, '.', '_', '-' and ':'.",
                "spring.application.name | my shop | Set session-tracker.namespace to one that is.",
                "session-tracker.defaults.lock.lease | 0s | It must be a duration longer than 0, such as 30s.",
                "session-tracker.types.checkout.lock.lease | -1s | It must be a duration longer than 0, such as 30s.",
                "session-tracker.types.checkout.lock.retry | 0 | It must be a duration longer than 0",
                "session-tracker.types.checkout.lock.wait | -1s | It must be 0, to try once, or a duration such as 2s.",
                "session-tracker.types.checkout.lock.wait | none | It must be a duration, such as 30s, 500ms or PT30S.",
                "session-tracker.types.checkout.lock.lease | soon | It must be a duration, such as 30s, 500ms or PT30S.",
                "session-tracker.types.checkout.absolute-expiration | -30m | It must be 'none', or a duration that is not negative, such as 30m or PT30M.",
                "session-tracker.types.checkout.sliding-expiration | never | It must be 'none', or a duration",
                "session-tracker.types.checkout.sliding-tolerance | -1s | It must be 0, for exact, or a duration such as 5s.",
                "session-tracker.types.checkout.expired-retention | 5 minutes | It must be 'none', or a duration",
                "session-tracker.types.checkout.finished.absolute-expiration | '' | It must be 'none', or a duration",
                "session-tracker.defaults.finished.sliding-expiration | -1 | It must be 'none', or a duration",
                "session-tracker.defaults.sliding-expiration | 99999999999999999999d | It must be 'none', or a duration",
                "session-tracker.sweep.interval | 0 | It must be a duration of at least 1ms, such as 10s.",
                "session-tracker.sweep.interval | often | It must be a duration, such as 30s, 500ms or PT30S.",
                "session-tracker.sweep.lease | -1m | It must be a duration of at least 1ms, such as 10s.",
                "session-tracker.sweep.lease | 999us | It must be a duration of at least 1ms, such as 10s.",
                "session-tracker.sweep.batch-size | 0 | It must be 1 or more.",
                "session-tracker.sweep.attempts | -1 | It must be 1 or more.",
                "session-tracker.modify.attempts | 0 | It must be 1 or more.",
                "session-tracker.watch.interval | 0 | It must be a duration of at least 1ms, such as 10s.",
                "session-tracker.types.checkout.max-size | 0B | It must be a size of at least 1B and less than 2GB, such as 256KB.",
                "session-tracker.defaults.max-size | 2GB | It must be a size of at least 1B and less than 2GB, such as 256KB.",
                "session-tracker.defaults.max-size | much | It must be a size, such as 32MB.",
                "session-tracker.near-cache.max-size | 0B | It must be a size of at least 1B, such as 32MB.",
                "session-tracker.near-cache.max-size | much | It must be a size, such as 32MB.",
                "session-tracker.types.checkout.near-cache.mode | always | It must be none, validated or local.",
                "session-tracker.defaults.near-cache.max-staleness | 99ms | It must be at least 100ms; for none at all set near-cache.mode to validated.",
                "session-tracker.defaults.indexed-properties | $Key | A property's key must not begin with '$'",
                "session-tracker.types.checkout.indexed-properties | my tenant | A property's key must have no blank",
                "session-tracker.types.checkout.indexed-properties | and | must not be a word of the filter language"
            })
    void shouldNamePropertyValueAndValidValues(String property, String value, String valid) {
        assertThat(report(App.class, "", "--" + property + "=" + value))
                .contains("Invalid value '" + value + "' for configuration property '" + property + "'")
                .contains("from property source \"commandLineArgs\"")
                .contains(valid);
    }

    @Test
    void shouldExplainValidTypeNames() {
        assertThat(report(App.class, "", "--session-tracker.types.Checkout.lock.wait=1s"))
                .contains("Invalid value 'Checkout' for configuration property 'session-tracker.types'")
                .contains("A session type's name begins with one of a-z and 0-9");
    }

    @Test
    void shouldNameBothClassesOfOneType() {
        assertThat(report(Duplicate.class, "", "--session-tracker.store=memory"))
                .contains("Two classes are session type \"checkout\":")
                .contains("- " + NewCheckout.class.getName(), "- " + OldCheckout.class.getName())
                .contains("Give one of them another name with @SessionType(\"…\").");
    }

    @Test
    void shouldAskForRetentionOfExpiryListener() {
        assertThat(report(WithListener.class, "", "--session-tracker.store=memory"))
                .contains("A listener for SessionExpired<Cart> would never be called: expired sessions of type"
                        + " \"test-cart\" are not retained.")
                .contains("Set session-tracker.types.test-cart.expired-retention to how long an expired session is kept"
                        + " for delivery, such as 10m, or remove the listener.");
    }

    @Test
    void shouldNameBothSettingsThatAnExpiryListenerNeeds() {
        assertThat(report(
                        WithListener.class,
                        "",
                        "--session-tracker.store=memory",
                        "--session-tracker.types.test-cart.queryable=false"))
                .contains("A listener for SessionExpired<Cart> would never be called")
                .contains(
                        "such as 10m, and session-tracker.types.test-cart.queryable to true, or remove the listener.");
    }

    @ParameterizedTest
    @CsvSource({
        "types.test-cart.queryable, types.test-cart.expired-retention, types.test-cart",
        "types.test-cart.queryable, defaults.expired-retention, types.test-cart",
        "defaults.queryable, types.test-cart.expired-retention, types.test-cart",
        "defaults.queryable, defaults.expired-retention, defaults"
    })
    void shouldRefuseRetentionOfWhatIsInNoIndex(String queryable, String retention, String path) {
        assertThat(report(
                        App.class,
                        "",
                        "--session-tracker.store=memory",
                        "--session-tracker." + queryable + "=false",
                        "--session-tracker." + retention + "=10m"))
                .contains("session-tracker.%1$s.queryable is false and session-tracker.%1$s.expired-retention is PT10M"
                        .formatted(path))
                .contains(
                        "Set session-tracker.%1$s.expired-retention to none, or session-tracker.%1$s.queryable to true."
                                .formatted(path));
    }

    @Test
    void shouldRefuseTooShortRetention() {
        assertThat(report(
                        WithListener.class,
                        "",
                        "--session-tracker.store=memory",
                        "--session-tracker.types.test-cart.expired-retention=79s"))
                .contains("an expired session of type \"test-cart\" is kept for 79s.")
                .contains("Set session-tracker.types.test-cart.expired-retention to at least 80s, or shorten lease or"
                        + " interval.");
    }

    @Test
    void shouldRefuseMoreIndexedPropertiesThanTheStoreCanHave() {
        String names =
                IntStream.rangeClosed(1, 21).mapToObj(number -> "p" + number).collect(Collectors.joining(","));
        assertThat(report(
                        InDynamoDb.class,
                        "",
                        "--session-tracker.store=dynamodb",
                        "--session-tracker.types.test-cart.indexed-properties=" + names))
                .contains(
                        "session-tracker.types.test-cart.indexed-properties names 21 properties; the configured store can"
                                + " index at most 20 of a type.")
                .contains("Leave out those that no query needs");
    }

    @Test
    void shouldRefuseAnnotatedClassThatIsNoSession() {
        assertThat(report(WithStray.class, "", "--session-tracker.store=memory"))
                .contains(Stray.class.getName() + " is annotated with @SessionType but is not a session.")
                .contains("Let it extend io.sessiontracker.Session, or remove the annotation.");
    }

    @Test
    void shouldRefuseInvalidNameInAnnotation() {
        assertThat(report(WithMisnamed.class, "", "--session-tracker.store=memory"))
                .contains("@SessionType(\"Checkout\") on " + Misnamed.class.getName() + " is no type name")
                .contains("Correct the name in the annotation.");
    }

    @Test
    void shouldLeaveOtherFailuresToSpringBoot() {
        assertThat(report(App.class, "", "--spring.data.redis.timeout=soon"))
                .contains("Failed to bind properties under 'spring.data.redis.timeout'")
                .doesNotContain("It must be a duration");
    }

    /** Unordered analyzers run in the order of the class path. */
    @Test
    void shouldRunBeforeSpringBootsOwnAnalyzer() {
        assertThat(OrderUtils.getOrder(BindFailureAnalyzer.class, Ordered.LOWEST_PRECEDENCE))
                .isLessThan(Ordered.LOWEST_PRECEDENCE);
    }

    /** Returns the report of the failed start-up. */
    private String report(Class<?> application, String hiddenPackage, String... arguments) {
        SpringApplication spring = new SpringApplication(
                hiddenPackage.isEmpty()
                        ? new DefaultResourceLoader()
                        : new DefaultResourceLoader(new FilteredClassLoader(hiddenPackage)),
                application);
        spring.setWebApplicationType(WebApplicationType.NONE);
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--spring.main.banner-mode=off";
        assertThatThrownBy(() -> spring.run(all).close()).isInstanceOf(Exception.class);
        assertThat(output).contains("APPLICATION FAILED TO START", "Description:", "Action:");
        return output.toString().substring(output.toString().indexOf("Description:"));
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({DataRedisAutoConfiguration.class, SessionTrackerAutoConfiguration.class})
    static class App {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(SessionTrackerAutoConfiguration.class)
    static class WithoutRedis {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({DataRedisAutoConfiguration.class, SessionTrackerAutoConfiguration.class})
    static class TwoConnectionFactories {

        @Bean
        RedisConnectionFactory one() {
            return new LettuceConnectionFactory("localhost", 1);
        }

        @Bean
        RedisConnectionFactory another() {
            return new LettuceConnectionFactory("localhost", 2);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(SessionTrackerAutoConfiguration.class)
    static class UnsharedConnection {

        @Bean
        RedisConnectionFactory connectionFactory() {
            LettuceConnectionFactory factory = new LettuceConnectionFactory("localhost", 1);
            factory.setShareNativeConnection(false);
            return factory;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(SessionTrackerAutoConfiguration.class)
    static class WithListener {

        @EventListener
        void on(SessionExpired<Cart> expired) {}
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(SessionTrackerAutoConfiguration.class)
    static class InDynamoDb {

        @Bean
        DynamoDbTable table() {
            return LocalDynamoDb.table();
        }
    }

    @SessionType("test-cart")
    static final class Cart extends Session {
        Cart(String key) {
            super(key);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(SessionTrackerAutoConfiguration.class)
    @AutoConfigurationPackage(basePackageClasses = OldCheckout.class)
    static class Duplicate {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(SessionTrackerAutoConfiguration.class)
    @AutoConfigurationPackage(basePackageClasses = Stray.class)
    static class WithStray {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(SessionTrackerAutoConfiguration.class)
    @AutoConfigurationPackage(basePackageClasses = Misnamed.class)
    static class WithMisnamed {}
}
