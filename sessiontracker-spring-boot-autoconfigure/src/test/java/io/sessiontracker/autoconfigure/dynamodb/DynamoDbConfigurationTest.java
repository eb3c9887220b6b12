package io.sessiontracker.autoconfigure.dynamodb;

import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.Applications;
import io.sessiontracker.autoconfigure.actuate.DynamoDbHealthAutoConfiguration;
import io.sessiontracker.autoconfigure.settings.ConfigurationFailure;
import io.sessiontracker.dynamodb.DynamoDbSessionDataProvider;
import io.sessiontracker.dynamodb.DynamoDbSessionLockProvider;
import io.sessiontracker.dynamodb.DynamoDbTable;
import io.sessiontracker.dynamodb.LocalDynamoDb;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.NestedExceptionUtils;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class DynamoDbConfigurationTest {

    private final String table = "sessions-" + UUID.randomUUID();

    /** Has the table of the tests. */
    private ApplicationContextRunner application(String... properties) {
        return Applications.bare()
                .withPropertyValues("session-tracker.store=dynamodb")
                .withBean(DynamoDbAsyncClient.class, () -> LocalDynamoDb.newClient(LocalDynamoDb.endpoint()))
                .withPropertyValues("session-tracker.dynamodb.table="
                        + LocalDynamoDb.table().name())
                .withPropertyValues(properties);
    }

    /** Has a table that nobody else has, which is missing at first. */
    private ApplicationContextRunner withTable(String... properties) {
        return application("session-tracker.dynamodb.table=" + table).withPropertyValues(properties);
    }

    @Test
    void shouldKeepSessionsAndLocksInDynamoDb(CapturedOutput output) {
        application().run(context -> {
            assertThat(context)
                    .hasSingleBean(SessionTracker.class)
                    .hasSingleBean(DynamoDbSessionDataProvider.class)
                    .hasSingleBean(DynamoDbSessionLockProvider.class);
            assertThat(output)
                    .contains("sessions in DynamoDbSessionDataProvider (table "
                            + LocalDynamoDb.table().name());
        });
    }

    @Test
    void shouldNeedNeitherRedisNorSpringCloud() {
        application()
                .withClassLoader(new FilteredClassLoader(
                        "org.springframework.data.redis", "io.lettuce", "org.redisson", "io.awspring"))
                .run(context -> assertThat(context).hasSingleBean(DynamoDbSessionDataProvider.class));
    }

    @Test
    void shouldRefuseToStartWithoutTheTable() {
        withTable().run(context -> {
            ConfigurationFailure failure = failure(context);
            assertThat(failure)
                    .hasMessageContaining("\"" + table + "\"")
                    .hasMessageContaining("there is no such table");
            assertThat(failure.action()).startsWith("Set session-tracker.dynamodb.create-table=true");
        });
    }

    @Test
    void shouldCreateTheTable() {
        withTable("session-tracker.dynamodb.create-table=true")
                .run(context -> assertThat(context).hasNotFailed());
        withTable().run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void shouldNotChangeATableOfAnotherKind() {
        LocalDynamoDb.client()
                .createTable(request -> request.tableName(table)
                        .billingMode("PAY_PER_REQUEST")
                        .attributeDefinitions(
                                attribute -> attribute.attributeName("id").attributeType("S"))
                        .keySchema(key -> key.attributeName("id").keyType("HASH")))
                .join();
        withTable("session-tracker.dynamodb.create-table=true").run(context -> {
            ConfigurationFailure failure = failure(context);
            assertThat(failure).hasMessageContaining("its key is id (S)");
            assertThat(failure.action()).startsWith("Correct the table").doesNotContain("create-table=true");
        });
    }

    @Test
    void shouldSayThatDynamoDbCannotBeReached() {
        built("session-tracker.dynamodb.endpoint=http://127.0.0.1:1").run(context -> {
            ConfigurationFailure failure = failure(context);
            assertThat(failure)
                    .hasMessageContaining("its table cannot be checked: Reading the definition of the table");
            assertThat(failure.action()).contains("session-tracker.dynamodb.*", "docs/dynamodb.md");
        });
    }

    /** Has no client. */
    private ApplicationContextRunner built(String... properties) {
        return Applications.bare()
                .withPropertyValues(
                        "session-tracker.store=dynamodb",
                        "session-tracker.dynamodb.region=us-east-1",
                        "session-tracker.dynamodb.access-key=local",
                        "session-tracker.dynamodb.secret-key=local")
                .withPropertyValues(properties);
    }

    @Test
    void shouldAskForTheStarter() {
        application()
                .withClassLoader(new FilteredClassLoader("io.sessiontracker.dynamodb"))
                .run(context -> {
                    assertThat(failure(context))
                            .hasMessage(
                                    "session-tracker.store is dynamodb, but the DynamoDB store is not on the class path.");
                    assertThat(failure(context).action())
                            .startsWith("Add the dependency"
                                    + " io.sessiontracker:sessiontracker-spring-boot-starter-dynamodb, or set"
                                    + " session-tracker.store=memory");
                });
    }

    @Test
    void shouldAskForTheStarterForLocks() {
        application("session-tracker.store=memory", "session-tracker.lock.provider=dynamodb")
                .withClassLoader(new FilteredClassLoader("io.sessiontracker.dynamodb"))
                .run(context -> {
                    assertThat(failure(context)).hasMessageStartingWith("Locks are to be kept in DynamoDB, but");
                    assertThat(failure(context).action()).contains("session-tracker.lock.provider=memory");
                });
    }

    @Test
    void shouldBeSuggestedWithoutRedis() {
        application("session-tracker.store=redis")
                .withClassLoader(new FilteredClassLoader(
                        "org.springframework.data.redis", "io.lettuce", "org.redisson", "io.sessiontracker.jdbc"))
                .run(context -> assertThat(failure(context).action()).startsWith("Set session-tracker.store=dynamodb"));
    }

    @Test
    void shouldAskWhichOfSeveralClients() {
        application()
                .withBean("other", DynamoDbAsyncClient.class, () -> LocalDynamoDb.newClient(LocalDynamoDb.endpoint()))
                .run(context -> {
                    assertThat(failure(context))
                            .hasMessageContaining("several DynamoDbAsyncClient beans and none is primary");
                    assertThat(failure(context).action()).contains("@Primary", "DynamoDbTable");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "-1s"})
    void shouldRefuseAnImpossibleTimeout(String timeout) {
        application("session-tracker.dynamodb.timeout=" + timeout)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                InvalidConfigurationPropertyValueException.class,
                                invalid ->
                                        assertThat(invalid.getName()).isEqualTo("session-tracker.dynamodb.timeout")));
    }

    @Test
    void shouldIndexTwentyProperties() {
        String names =
                IntStream.rangeClosed(1, 20).mapToObj(number -> "p" + number).collect(Collectors.joining(","));
        application("session-tracker.types.checkout.indexed-properties=" + names)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void shouldUseATableOfTheApplication() {
        application("session-tracker.dynamodb.table=another")
                .withBean(DynamoDbTable.class, LocalDynamoDb::table)
                .run(context -> assertThat(context)
                        .hasSingleBean(DynamoDbSessionDataProvider.class)
                        .getBean(DynamoDbTable.class)
                        .isSameAs(LocalDynamoDb.table()));
    }

    @Test
    void shouldTakeLocksFromElsewhere() {
        application("session-tracker.lock.provider=memory").run(context -> {
            assertThat(context).hasSingleBean(SessionLockProvider.class);
            assertThat(context).hasSingleBean(InMemorySessionLockProvider.class);
        });
    }

    @Test
    void shouldLockInDynamoDbForOtherStores() {
        application("session-tracker.store=memory", "session-tracker.lock.provider=dynamodb")
                .run(context -> {
                    assertThat(context).hasSingleBean(DynamoDbSessionLockProvider.class);
                    assertThat(context).hasSingleBean(InMemorySessionDataProvider.class);
                });
    }

    @Test
    void shouldLeaveDynamoDbAloneForOtherStores() {
        built("session-tracker.store=memory")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(DynamoDbTable.class)
                        .doesNotHaveBean(DynamoDbAsyncClient.class));
    }

    @Test
    void shouldBackOffFromBeansOfTheApplication() {
        SessionDataProvider own = new InMemorySessionDataProvider();
        application()
                .withBean(SessionDataProvider.class, () -> own)
                .run(context ->
                        assertThat(context).getBean(SessionDataProvider.class).isSameAs(own));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dynamodb", "memory"})
    void shouldWarnOnlyOfNamesThatNothingReads(String store, CapturedOutput output) {
        application(
                        "session-tracker.store=" + store,
                        "session-tracker.dynamodb.create-table=false",
                        "session-tracker.dynamodb.tables=a")
                .run(context -> assertThat(output)
                        .contains("nothing reads; are their names right? [session-tracker.dynamodb.tables]"));
    }

    @Test
    void shouldContributeToHealth() {
        application()
                .withConfiguration(AutoConfigurations.of(DynamoDbHealthAutoConfiguration.class))
                .run(context -> assertThat(health(context).health())
                        .satisfies(health -> assertThat(health.getStatus()).isEqualTo(Status.UP))
                        .satisfies(health -> assertThat(health.getDetails())
                                .containsEntry("table", LocalDynamoDb.table().name())));
    }

    @Test
    void shouldBeDownWithoutTheTable() {
        withTable("session-tracker.dynamodb.create-table=true")
                .withConfiguration(AutoConfigurations.of(DynamoDbHealthAutoConfiguration.class))
                .run(context -> {
                    LocalDynamoDb.client()
                            .deleteTable(request -> request.tableName(table))
                            .join();
                    assertThat(health(context).health().getStatus()).isEqualTo(Status.DOWN);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"session-tracker.store=memory", "management.health.dynamodb.enabled=false"})
    void shouldNotContributeToHealth(String property) {
        application(property)
                .withConfiguration(AutoConfigurations.of(DynamoDbHealthAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
    }

    private static HealthIndicator health(AssertableApplicationContext context) {
        return context.getBean("dynamoDbHealthContributor", HealthIndicator.class);
    }

    private static ConfigurationFailure failure(AssertableApplicationContext context) {
        return (ConfigurationFailure)
                NestedExceptionUtils.getMostSpecificCause(Objects.requireNonNull(context.getStartupFailure()));
    }
}
